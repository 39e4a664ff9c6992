/** Giving back what was held, once its time is over. */
@NullMarked
package org.tallystick.authority;

import org.jspecify.annotations.NullMarked;
