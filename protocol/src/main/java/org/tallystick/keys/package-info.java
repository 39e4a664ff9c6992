/** The bank's signed key set. */
@NullMarked
package org.tallystick.keys;

import org.jspecify.annotations.NullMarked;
