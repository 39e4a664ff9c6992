/** The one table of what can go wrong, as clients see it. */
@NullMarked
package org.tallystick.problem;

import org.jspecify.annotations.NullMarked;
