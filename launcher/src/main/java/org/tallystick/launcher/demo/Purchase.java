package org.tallystick.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One purchase as the demo shows it.
 *
 * @param title for people
 * @param items text and cents
 * @param taxMinor cents
 * @param payerFirst whether the payer's half is sent before the payee's
 * @param instrument wallet shorthand
 */
record Purchase(
    String title,
    List<Map<String, Object>> items,
    long taxMinor,
    boolean payerFirst,
    String instrument) {
  /** The two purchases of the main job. */
  static final List<Purchase> MAIN_JOB =
      List.of(
          new Purchase(
              "Al's Towing Service, USD 213.82",
              List.of(Map.of("text", "Towing, 12 miles", "amount", 21_382)),
              0,
              false,
              "Account 1"),
          new Purchase(
              "subtotal 50.00, tax 4.00, total 54.00",
              List.of(Map.of("text", "Battery jump start", "amount", 5_000)),
              400,
              true,
              "Card 1"));

  /**
   * How it ended.
   *
   * @param number transaction number
   * @param payee what the provider's device said
   * @param payer what the user's device said
   */
  record Ended(String number, JsonNode payee, JsonNode payer) {
    boolean approved() {
      return outcome(payee).equals("APPROVED") && outcome(payer).equals("APPROVED");
    }

    static String outcome(JsonNode answer) {
      return answer.path("ending").asText(answer.path("event").asText("none"));
    }
  }
}
