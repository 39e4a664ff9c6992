/**
 * The two COSE messages in use, RFC 9052: COSE_Sign1 with ES256 or ML-DSA-65, COSE_Encrypt0 with
 * A256GCM.
 */
@NullMarked
package org.tallystick.cose;

import org.jspecify.annotations.NullMarked;
