/**
 * The cryptographic primitives of suite 1 and nothing above them.
 *
 * <p>Symmetric primitives come from the JDK, elliptic curve ones from the Bouncy Castle lightweight
 * API; no global provider is registered.
 */
@NullMarked
package org.tallystick.crypto;

import org.jspecify.annotations.NullMarked;
