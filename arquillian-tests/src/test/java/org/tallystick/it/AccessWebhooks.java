package org.tallystick.it;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A webhook of the institution's program and a delivery there, made with the first who asks. */
final class AccessWebhooks {
  private final AccessPeople people;
  private @Nullable String webhook;
  private @Nullable String delivery;

  AccessWebhooks(AccessPeople people) {
    this.people = people;
  }

  static Map<String, Object> target() {
    return Map.of(
        "url",
        "https://hooks.bank.example/" + UUID.randomUUID(),
        "events",
        List.of("agreement.published"));
  }

  private String program() {
    return people.authorization(AccessColumn.PROGRAM_WEBHOOKS);
  }

  /** One more. */
  String made() {
    return BankIT.client().mustPost("/webhooks", program(), target()).text("webhook");
  }

  String webhook() {
    String known = webhook;
    if (known == null) {
      known = made();
      webhook = known;
    }
    return known;
  }

  String delivery() {
    String known = delivery;
    if (known == null) {
      known =
          BankIT.client()
              .mustPost("/webhooks/" + webhook() + "/test", program(), Map.of())
              .text("delivery");
      delivery = known;
    }
    return known;
  }
}
