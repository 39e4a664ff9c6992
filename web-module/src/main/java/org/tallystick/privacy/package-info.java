/** Exports and erasures over HTTP. */
@NullMarked
package org.tallystick.privacy;

import org.jspecify.annotations.NullMarked;
