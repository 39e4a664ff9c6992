/** Who waits for whom, on all nodes. */
@NullMarked
package org.tallystick.turn;

import org.jspecify.annotations.NullMarked;
