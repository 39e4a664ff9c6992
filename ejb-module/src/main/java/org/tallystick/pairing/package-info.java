/** Putting opened halves where their twins find them. */
@NullMarked
package org.tallystick.pairing;

import org.jspecify.annotations.NullMarked;
