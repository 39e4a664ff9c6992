/** The way to the bank: REST, push, long poll. */
@NullMarked
package org.tallystick.device.transport;

import org.jspecify.annotations.NullMarked;
