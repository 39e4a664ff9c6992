/** The front door: starts, tries, breaks and measures a bank on this machine. */
@NullMarked
package org.tallystick.launcher;

import org.jspecify.annotations.NullMarked;
