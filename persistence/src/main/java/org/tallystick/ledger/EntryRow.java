package org.tallystick.ledger;

import java.util.Optional;
import java.util.UUID;

/** The head of a journal entry. */
record EntryRow(UUID id, String kind, String transactionRef, Optional<UUID> reverses) {}
