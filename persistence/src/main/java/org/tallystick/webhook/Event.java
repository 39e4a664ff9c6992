package org.tallystick.webhook;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something that happened, as programs are told of it: what, when, and by what names they find the
 * rest. Names alone: who may know more asks for it, and is looked at then.
 *
 * <p>Form: JSON {@code {"id", "type", "timestamp", "data"}}, of which this makes what follows the
 * id. Times are RFC 3339, UTC, milliseconds.
 *
 * @param type what happened
 * @param at when
 * @param data names of things; neither names nor values need escaping
 */
public record Event(EventType type, OffsetDateTime at, Map<String, String> data) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if data would need escaping
   */
  public Event {
    data = Map.copyOf(data);
    if (!data.entrySet().stream()
        .allMatch(
            one ->
                PLAIN.matcher(one.getKey()).matches() && PLAIN.matcher(one.getValue()).matches())) {
      throw new IllegalArgumentException("what is told of an event is names alone");
    }
  }

  /** The body that is sent for a delivery. */
  public String body(UUID delivery) {
    return "{\"id\":\"" + delivery + "\"," + rest();
  }

  /** The body behind the id. */
  String rest() {
    String members =
        new TreeMap<>(data)
            .entrySet().stream()
                .map(one -> "\"" + one.getKey() + "\":\"" + one.getValue() + "\"")
                .collect(Collectors.joining(","));
    return "\"type\":\""
        + type.text()
        + "\",\"timestamp\":\""
        + at.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS).toInstant()
        + "\",\"data\":{"
        + members
        + "}}";
  }
}
