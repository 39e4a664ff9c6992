/** The tree over all logs and its checkpoints, as stored. */
@NullMarked
package org.tallystick.tree;

import org.jspecify.annotations.NullMarked;
