/** Devices ask for what they want themselves. */
@NullMarked
package org.tallystick.request;

import org.jspecify.annotations.NullMarked;
