/** Who works in the back office. */
@NullMarked
package org.tallystick.staff;

import org.jspecify.annotations.NullMarked;
