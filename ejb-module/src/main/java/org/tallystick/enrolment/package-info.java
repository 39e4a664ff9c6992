/** The enrolment exchange, from the activation that a party is given to the active device. */
@NullMarked
package org.tallystick.enrolment;

import org.jspecify.annotations.NullMarked;
