/** What two halves must agree on. */
@NullMarked
package org.tallystick.pairing;

import org.jspecify.annotations.NullMarked;
