/** Receipts go out here. */
@NullMarked
package org.tallystick.receipt;

import org.jspecify.annotations.NullMarked;
