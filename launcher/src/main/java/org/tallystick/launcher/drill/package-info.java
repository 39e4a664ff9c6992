/** Breaks a running bank in a named way and looks from outside whether anything was lost. */
@NullMarked
package org.tallystick.launcher.drill;

import org.jspecify.annotations.NullMarked;
