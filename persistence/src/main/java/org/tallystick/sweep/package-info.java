/** Rows that waited too long. */
@NullMarked
package org.tallystick.sweep;

import org.jspecify.annotations.NullMarked;
