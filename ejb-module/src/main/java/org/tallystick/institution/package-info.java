/** Member banks: their brand, and what becomes of them. */
@NullMarked
package org.tallystick.institution;

import org.jspecify.annotations.NullMarked;
