/** The thread that hears of stored answers. */
@NullMarked
package org.tallystick.answer;

import org.jspecify.annotations.NullMarked;
