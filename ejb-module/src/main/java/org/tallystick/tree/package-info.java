/** Growing the tree over all logs, signing its checkpoints, and proving what they say. */
@NullMarked
package org.tallystick.tree;

import org.jspecify.annotations.NullMarked;
