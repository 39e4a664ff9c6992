/** The agreement of a party with its consortium: what waits for a signature, and the signature. */
@NullMarked
package org.tallystick.agreement;

import org.jspecify.annotations.NullMarked;
