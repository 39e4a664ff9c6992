/** Authorities: holds and recurring charges that purchases leave behind. */
@NullMarked
package org.tallystick.authority;

import org.jspecify.annotations.NullMarked;
