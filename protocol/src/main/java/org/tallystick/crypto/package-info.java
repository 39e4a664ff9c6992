/**
 * The cryptographic primitives of both suites and nothing above them.
 *
 * <p>Symmetric primitives come from the JDK, elliptic curve ones, ML-KEM and ML-DSA from the Bouncy
 * Castle lightweight API; no global provider is registered.
 */
@NullMarked
package org.tallystick.crypto;

import org.jspecify.annotations.NullMarked;
