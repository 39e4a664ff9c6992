/** Stored log lines. */
@NullMarked
package org.tallystick.log;

import org.jspecify.annotations.NullMarked;
