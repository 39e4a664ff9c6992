/** From a code that arrives to an opened half. */
@NullMarked
package org.tallystick.code;

import org.jspecify.annotations.NullMarked;
