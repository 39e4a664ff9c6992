/** The one-time-use code: signed map, private map, sealing and opening. */
@NullMarked
package org.tallystick.code;

import org.jspecify.annotations.NullMarked;
