/** New versions of the agreement: published, told to devices, signed by them. */
@NullMarked
package org.tallystick.agreement;

import org.jspecify.annotations.NullMarked;
