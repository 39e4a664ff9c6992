/** Codes come in here. */
@NullMarked
package org.tallystick.code;

import org.jspecify.annotations.NullMarked;
