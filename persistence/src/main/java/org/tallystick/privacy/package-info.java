/** What is kept of exports and erasures, and the statements that erase. */
@NullMarked
package org.tallystick.privacy;

import org.jspecify.annotations.NullMarked;
