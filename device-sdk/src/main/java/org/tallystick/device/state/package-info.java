/** The one durable file of a device, its lock and the platform key. */
@NullMarked
package org.tallystick.device.state;

import org.jspecify.annotations.NullMarked;
