/** The bill that goes from payee to payer, and the provider certificate. */
@NullMarked
package org.tallystick.bill;

import org.jspecify.annotations.NullMarked;
