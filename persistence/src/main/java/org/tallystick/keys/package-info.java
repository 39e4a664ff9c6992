/** The editions of the bank's key set. */
@NullMarked
package org.tallystick.keys;

import org.jspecify.annotations.NullMarked;
