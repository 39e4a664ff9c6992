/** Accounts and books over HTTP. */
@NullMarked
package org.tallystick.ledger;

import org.jspecify.annotations.NullMarked;
