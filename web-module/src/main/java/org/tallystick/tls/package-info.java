/** By which certificate a connection was made. */
@NullMarked
package org.tallystick.tls;

import org.jspecify.annotations.NullMarked;
