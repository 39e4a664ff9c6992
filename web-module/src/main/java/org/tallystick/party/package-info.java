/** Registration over HTTP. */
@NullMarked
package org.tallystick.party;

import org.jspecify.annotations.NullMarked;
