package org.tallystick.party;

import java.time.OffsetDateTime;

/** Hears what others may be told of a registration, in the transaction of its cause. */
public interface RegistrationEvents {
  /** A registration moved to another state. */
  void moved(Party party, OffsetDateTime at);

  /** The bank left a message for the party. */
  void told(Party party, OffsetDateTime at);
}
