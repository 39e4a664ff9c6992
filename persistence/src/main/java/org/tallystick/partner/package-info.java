/** The programs of partner banks, what they prove themselves by, and their tokens. */
@NullMarked
package org.tallystick.partner;

import org.jspecify.annotations.NullMarked;
