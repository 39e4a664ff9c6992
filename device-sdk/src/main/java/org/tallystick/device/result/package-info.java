/** How a call ended: a value, or a refusal that is no fault. */
@NullMarked
package org.tallystick.device.result;

import org.jspecify.annotations.NullMarked;
