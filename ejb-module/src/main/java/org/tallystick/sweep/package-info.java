/** Finding what waited too long. */
@NullMarked
package org.tallystick.sweep;

import org.jspecify.annotations.NullMarked;
