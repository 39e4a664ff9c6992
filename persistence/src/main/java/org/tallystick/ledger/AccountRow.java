package org.tallystick.ledger;

/** What a movement must know of an account. */
record AccountRow(long id, AccountKind kind, String currency, AccountState state) {}
