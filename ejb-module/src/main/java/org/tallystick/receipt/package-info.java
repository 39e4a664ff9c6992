/** Receipts for those who may read them. */
@NullMarked
package org.tallystick.receipt;

import org.jspecify.annotations.NullMarked;
