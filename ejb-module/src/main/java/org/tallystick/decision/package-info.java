/** Deciding what is paired and answering what has ended. */
@NullMarked
package org.tallystick.decision;

import org.jspecify.annotations.NullMarked;
