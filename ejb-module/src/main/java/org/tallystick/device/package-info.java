/** Devices that are bound: finding, locking, suspending them, and what is kept wrapped for them. */
@NullMarked
package org.tallystick.device;

import org.jspecify.annotations.NullMarked;
