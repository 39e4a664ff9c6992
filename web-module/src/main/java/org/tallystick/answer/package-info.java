/** Final answers go out here. */
@NullMarked
package org.tallystick.answer;

import org.jspecify.annotations.NullMarked;
