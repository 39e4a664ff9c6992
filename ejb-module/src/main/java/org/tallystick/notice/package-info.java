/** Making notices: what the bank says to a device without being asked. */
@NullMarked
package org.tallystick.notice;

import org.jspecify.annotations.NullMarked;
