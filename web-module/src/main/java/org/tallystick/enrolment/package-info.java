/** The enrolment exchange over HTTP. */
@NullMarked
package org.tallystick.enrolment;

import org.jspecify.annotations.NullMarked;
