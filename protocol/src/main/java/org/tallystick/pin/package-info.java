/** PIN verifier and proof. */
@NullMarked
package org.tallystick.pin;

import org.jspecify.annotations.NullMarked;
