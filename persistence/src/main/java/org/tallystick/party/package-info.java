/** Who is registered, and in which state. */
@NullMarked
package org.tallystick.party;

import org.jspecify.annotations.NullMarked;
