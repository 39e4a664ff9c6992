/** Binding a device to an account. */
@NullMarked
package org.tallystick.enrolment;

import org.jspecify.annotations.NullMarked;
