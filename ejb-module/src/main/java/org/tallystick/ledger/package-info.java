/** The books, inside the caller's transaction. */
@NullMarked
package org.tallystick.ledger;

import org.jspecify.annotations.NullMarked;
