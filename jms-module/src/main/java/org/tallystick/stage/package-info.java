/** The threads that feed the stages. */
@NullMarked
package org.tallystick.stage;

import org.jspecify.annotations.NullMarked;
