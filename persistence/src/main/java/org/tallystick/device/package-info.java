/** The devices that are bound to parties, and the bank's duplicate of their sequencers. */
@NullMarked
package org.tallystick.device;

import org.jspecify.annotations.NullMarked;
