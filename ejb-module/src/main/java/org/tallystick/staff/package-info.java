/** Who works in the back office, and what each may do. */
@NullMarked
package org.tallystick.staff;

import org.jspecify.annotations.NullMarked;
