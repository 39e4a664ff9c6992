/** Parsers with a bug each. */
@NullMarked
package org.tallystick.fuzz.plant;

import org.jspecify.annotations.NullMarked;
