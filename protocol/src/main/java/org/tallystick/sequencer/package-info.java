/** The per-device sequencer: one-time keys, the bank's duplicate and its window. */
@NullMarked
package org.tallystick.sequencer;

import org.jspecify.annotations.NullMarked;
