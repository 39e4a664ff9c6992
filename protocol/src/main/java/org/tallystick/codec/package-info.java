/** Wire forms: deterministic CBOR, base64url and Crockford base32, each strict on input. */
@NullMarked
package org.tallystick.codec;

import org.jspecify.annotations.NullMarked;
