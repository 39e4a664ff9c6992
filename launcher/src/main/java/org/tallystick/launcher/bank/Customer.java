package org.tallystick.launcher.bank;

import java.time.Duration;
import java.util.Map;

/**
 * A party with what the bank gave it at registration.
 *
 * @param bank where it is a customer
 * @param registration opaque id
 * @param token with which it speaks for itself
 */
public record Customer(BankClient bank, String registration, String token) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private String authorization() {
    return "Bearer " + token;
  }

  /** Says who it is. */
  public void identify(Map<String, ?> identification) {
    bank.mustPut(
        "/registrations/" + registration + "/identification", authorization(), identification);
  }

  /** Hands in a document, as the API's types are called. */
  public void handIn(String type, String mediaType, byte[] content) {
    bank.mustPostBytes(
        "/registrations/" + registration + "/documents?type=" + type,
        authorization(),
        mediaType,
        content);
  }

  /** Submits what it has said, and waits until the bank has screened it. */
  public void submit() {
    bank.mustPost("/registrations/" + registration + "/submission", authorization(), Map.of());
    Waiting.until("screening", PATIENCE, () -> !state().equals("SCREENING"));
  }

  private String state() {
    return bank.mustGet("/registrations/" + registration, authorization()).text("state");
  }

  /** A fresh activation for one device. */
  public String activation() {
    return bank.mustPost(
            "/registrations/" + registration + "/activations", authorization(), Map.of())
        .text("activation");
  }

  /** Opens a deposit account under a shorthand name; returns its id. */
  public String account(String currency, String shorthand) {
    Reply reply =
        bank.mustPost(
            "/wallet/accounts",
            authorization(),
            Map.of("currency", currency, "shorthand", shorthand));
    return reply.body().path("accountId").asText();
  }

  /** Adds a card under a shorthand name. */
  public void card(String pan, String expiry, String shorthand) {
    bank.mustPost(
        "/wallet/cards",
        authorization(),
        Map.of("pan", pan, "expiry", expiry, "shorthand", shorthand));
  }

  @Override
  public String toString() {
    return "Customer[" + registration + "]";
  }
}
