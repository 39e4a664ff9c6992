/** Which target lists are in force, who was screened against them, and what was found. */
@NullMarked
package org.tallystick.screening;

import org.jspecify.annotations.NullMarked;
