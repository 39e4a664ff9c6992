/** Rules that are taken out of the sources one by one, and the tests that must then fail. */
@NullMarked
package org.tallystick.planting;

import org.jspecify.annotations.NullMarked;
