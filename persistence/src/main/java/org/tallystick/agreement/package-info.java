/** What parties have agreed to, and how far they were told of what they have not. */
@NullMarked
package org.tallystick.agreement;

import org.jspecify.annotations.NullMarked;
