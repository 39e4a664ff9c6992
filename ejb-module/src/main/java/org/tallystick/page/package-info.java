/** How long lists are handed out a page at a time. */
@NullMarked
package org.tallystick.page;

import org.jspecify.annotations.NullMarked;
