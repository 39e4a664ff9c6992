/** A device as a process of its own: commands in, events out, one JSON object a line. */
@NullMarked
package org.tallystick.device.process;

import org.jspecify.annotations.NullMarked;
