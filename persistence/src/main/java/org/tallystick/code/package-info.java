/** Codes used up and the halves that came out of them, as rows. */
@NullMarked
package org.tallystick.code;

import org.jspecify.annotations.NullMarked;
