/** The bank's public keys over HTTP. */
@NullMarked
package org.tallystick.keys;

import org.jspecify.annotations.NullMarked;
