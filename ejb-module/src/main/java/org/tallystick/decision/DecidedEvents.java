package org.tallystick.decision;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.HalfRow;
import org.tallystick.codec.Base64Url;
import org.tallystick.party.Party;
import org.tallystick.webhook.DeliveryRows.Theirs;
import org.tallystick.webhook.Event;
import org.tallystick.webhook.EventType;

/**
 * What institutions' programs are told of decided halves: that a party of theirs has one under that
 * transaction number, whatever became of it. Of the other side nothing.
 */
final class DecidedEvents {
  private DecidedEvents() {}

  /**
   * The events of those halves whose parties belong to an institution.
   *
   * @param halves of the batch
   * @param concluded the numbers of those that are decided now
   * @param bound their devices by index
   */
  static List<Theirs> of(
      Collection<HalfRow> halves,
      Collection<Long> concluded,
      Map<Long, BoundDevice> bound,
      OffsetDateTime now) {
    Set<Long> decided = Set.copyOf(concluded);
    return halves.stream()
        .filter(half -> decided.contains(half.id()))
        .flatMap(
            half ->
                Optional.ofNullable(bound.get(half.device()))
                    .map(BoundDevice::party)
                    .flatMap(party -> event(half, party, now))
                    .stream())
        .toList();
  }

  private static Optional<Theirs> event(HalfRow half, Party party, OffsetDateTime now) {
    return party
        .institution()
        .map(
            institution ->
                new Theirs(
                    institution,
                    new Event(
                        EventType.TRANSACTION_DECIDED,
                        now,
                        Map.of(
                            "transaction",
                            half.number(),
                            "registration",
                            Base64Url.encode(party.identifiers().registration())))));
  }
}
