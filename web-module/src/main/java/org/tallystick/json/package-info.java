/** Reads requests strictly: what a client did not mean to say is refused. */
@NullMarked
package org.tallystick.json;

import org.jspecify.annotations.NullMarked;
