/** Slots, in which two halves meet. */
@NullMarked
package org.tallystick.pairing;

import org.jspecify.annotations.NullMarked;
