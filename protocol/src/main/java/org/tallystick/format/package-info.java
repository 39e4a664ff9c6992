/** Constants and signing context of the message format. */
@NullMarked
package org.tallystick.format;

import org.jspecify.annotations.NullMarked;
