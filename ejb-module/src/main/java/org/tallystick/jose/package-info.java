/** Signed tokens of others: JSON Web Signature, Key and Token, as far as the bank takes them. */
@NullMarked
package org.tallystick.jose;

import org.jspecify.annotations.NullMarked;
