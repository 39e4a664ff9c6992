/** One-time aliases of a device, the clear account field. */
@NullMarked
package org.tallystick.alias;

import org.jspecify.annotations.NullMarked;
