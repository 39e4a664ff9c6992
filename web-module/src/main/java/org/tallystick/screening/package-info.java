/** Screening over HTTP. */
@NullMarked
package org.tallystick.screening;

import org.jspecify.annotations.NullMarked;
