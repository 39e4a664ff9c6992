/** Stored final answers. */
@NullMarked
package org.tallystick.answer;

import org.jspecify.annotations.NullMarked;
