/** Security keys by W3C Web Authentication Level 3: the two ceremonies as a server checks them. */
@NullMarked
package org.tallystick.webauthn;

import org.jspecify.annotations.NullMarked;
