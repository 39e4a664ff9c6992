/** Keeps one source from taking all. */
@NullMarked
package org.tallystick.ratelimit;

import org.jspecify.annotations.NullMarked;
