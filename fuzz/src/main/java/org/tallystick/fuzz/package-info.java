/** Every parser of the project under a coverage-guided fuzzer. */
@NullMarked
package org.tallystick.fuzz;

import org.jspecify.annotations.NullMarked;
