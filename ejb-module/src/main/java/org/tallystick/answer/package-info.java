/** Final answers on their way out. */
@NullMarked
package org.tallystick.answer;

import org.jspecify.annotations.NullMarked;
