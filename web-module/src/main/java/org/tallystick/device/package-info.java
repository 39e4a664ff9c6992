/** Devices over HTTP: their states and their certificates. */
@NullMarked
package org.tallystick.device;

import org.jspecify.annotations.NullMarked;
