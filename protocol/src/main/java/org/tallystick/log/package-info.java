/** The stacked-hash log of a device. */
@NullMarked
package org.tallystick.log;

import org.jspecify.annotations.NullMarked;
