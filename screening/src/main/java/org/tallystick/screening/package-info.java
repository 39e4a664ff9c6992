/** Names against target lists: what a list holds, and the engine that finds who may be meant. */
@NullMarked
package org.tallystick.screening;

import org.jspecify.annotations.NullMarked;
