/** How long a bank takes to screen everybody again. */
@NullMarked
package org.tallystick.launcher.rescreening;

import org.jspecify.annotations.NullMarked;
