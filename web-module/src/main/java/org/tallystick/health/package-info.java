/** Whether this node can do its work. */
@NullMarked
package org.tallystick.health;

import org.jspecify.annotations.NullMarked;
