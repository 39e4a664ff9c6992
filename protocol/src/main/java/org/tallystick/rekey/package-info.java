/** Rekey: a fresh epoch out of the old root and a new key agreement, on both sides. */
@NullMarked
package org.tallystick.rekey;

import org.jspecify.annotations.NullMarked;
