/** The keys a node holds, behind one port. */
@NullMarked
package org.tallystick.keys;

import org.jspecify.annotations.NullMarked;
