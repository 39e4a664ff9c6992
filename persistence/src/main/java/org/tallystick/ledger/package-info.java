/** Double entry: accounts, entries, postings, balances and holds. */
@NullMarked
package org.tallystick.ledger;

import org.jspecify.annotations.NullMarked;
