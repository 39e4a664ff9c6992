/** The protocol under crashes, loss and restored files: one thread, one seed, no real time. */
@NullMarked
package org.tallystick.simulation;

import org.jspecify.annotations.NullMarked;
