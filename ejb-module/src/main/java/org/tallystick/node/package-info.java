/** What a node is given: its environment, its folder, time and randomness. */
@NullMarked
package org.tallystick.node;

import org.jspecify.annotations.NullMarked;
