/** Stored receipts. */
@NullMarked
package org.tallystick.receipt;

import org.jspecify.annotations.NullMarked;
