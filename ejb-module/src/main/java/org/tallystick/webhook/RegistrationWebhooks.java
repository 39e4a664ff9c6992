package org.tallystick.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.party.Party;
import org.tallystick.party.RegistrationEvents;

/** Has an institution's programs told of its parties' registrations; of no other's. */
@ApplicationScoped
public class RegistrationWebhooks implements RegistrationEvents {
  @Inject EventOutbox outbox;

  @Override
  public void moved(Party party, OffsetDateTime at) {
    tell(EventType.REGISTRATION_MOVED, party, at);
  }

  @Override
  public void told(Party party, OffsetDateTime at) {
    tell(EventType.REGISTRATION_MESSAGE, party, at);
  }

  private void tell(EventType type, Party party, OffsetDateTime at) {
    party
        .institution()
        .ifPresent(
            institution ->
                outbox.tell(
                    List.of(
                        new DeliveryRows.Theirs(
                            institution,
                            new Event(type, at, Map.of("registration", name(party)))))));
  }

  private static String name(Party party) {
    return Base64Url.encode(party.identifiers().registration());
  }
}
