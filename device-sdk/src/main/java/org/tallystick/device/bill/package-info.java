/** The forms in which a bill goes from till to phone. */
@NullMarked
package org.tallystick.device.bill;

import org.jspecify.annotations.NullMarked;
