/** The Merkle tree over the lines of all devices' logs, and the bank's checkpoints of it. */
@NullMarked
package org.tallystick.tree;

import org.jspecify.annotations.NullMarked;
