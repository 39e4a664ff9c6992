/** The logs of devices, for auditors. */
@NullMarked
package org.tallystick.log;

import org.jspecify.annotations.NullMarked;
