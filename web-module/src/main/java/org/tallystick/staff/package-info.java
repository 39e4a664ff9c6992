/** Staff sign-in over HTTP. */
@NullMarked
package org.tallystick.staff;

import org.jspecify.annotations.NullMarked;
