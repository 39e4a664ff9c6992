/** Checkpoints of the tree over all logs, and proofs, for anybody. */
@NullMarked
package org.tallystick.tree;

import org.jspecify.annotations.NullMarked;
