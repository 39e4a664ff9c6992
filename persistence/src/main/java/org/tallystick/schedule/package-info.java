/** What the bank does by the clock, and which node does it. */
@NullMarked
package org.tallystick.schedule;

import org.jspecify.annotations.NullMarked;
