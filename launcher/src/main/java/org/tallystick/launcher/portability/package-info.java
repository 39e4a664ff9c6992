/**
 * The application on full servers: the same scripts that an administrator runs, and what is tried
 * on each.
 */
@NullMarked
package org.tallystick.launcher.portability;

import org.jspecify.annotations.NullMarked;
