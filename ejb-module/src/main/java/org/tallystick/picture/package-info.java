/** The form of picture files, without their pixels. */
@NullMarked
package org.tallystick.picture;

import org.jspecify.annotations.NullMarked;
