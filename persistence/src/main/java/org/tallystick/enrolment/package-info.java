/** How a device comes to be bound to a party. */
@NullMarked
package org.tallystick.enrolment;

import org.jspecify.annotations.NullMarked;
