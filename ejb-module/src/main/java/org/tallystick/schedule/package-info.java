/** What the bank does by the clock: once in each period, on whichever node asks first. */
@NullMarked
package org.tallystick.schedule;

import org.jspecify.annotations.NullMarked;
