/** Loads target lists, screens parties against them, and lets the staff decide on what is found. */
@NullMarked
package org.tallystick.screening;

import org.jspecify.annotations.NullMarked;
