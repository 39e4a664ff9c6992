package org.tallystick.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallystick.codec.Base64Url;
import org.tallystick.launcher.bank.SampleList;

/**
 * What is sent to each method that takes a body: so good that whoever is let in gets as far as the
 * thing itself. Where doing it would take away what other rows need, the thing's state is against
 * it.
 */
final class AccessBodies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, ?> ADDRESS =
      Map.of("lines", List.of("742 Evergreen Terrace"), "locality", "Springfield", "country", "US");
  private static final Map<String, String> REASON = Map.of("reason", "checked");
  private static final String CHALLENGE = Base64Url.encode(new byte[32]);
  private static final String BIND_BYTES = Base64Url.encode(new byte[300]);

  /** The least that is a document. */
  static final String PDF =
      """
      %PDF-1.4
      1 0 obj
      << /Type /Catalog >>
      endobj
      trailer << /Root 1 0 R >>
      startxref
      9
      %%EOF
      """;

  /**
   * A body.
   *
   * @param type its media type; empty without a body
   * @param bytes content
   */
  record Body(String type, byte[] bytes) {}

  private final AccessThings things;

  AccessBodies(AccessThings things) {
    this.things = things;
  }

  static EmulatedKey key() {
    try {
      return new EmulatedKey("http://localhost:" + BankIT.baseUri().getPort());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, ?> identification(String name, String kind) {
    if (kind.equals("ORGANISATION")) {
      return Map.of(
          "organisation",
          Map.of(
              "name",
              name,
              "registrationNumber",
              "HRB 4711",
              "country",
              "US",
              "legalForm",
              "Inc.",
              "address",
              ADDRESS,
              "owners",
              List.of(),
              "representatives",
              List.of(Map.of("name", "Marge Bouvier", "born", "1985-03-19", "country", "US"))));
    }
    String[] parts = name.split(" ", 2);
    return Map.of(
        "person",
        Map.of(
            "given",
            parts[0],
            "family",
            parts[1],
            "born",
            "1990-12-10",
            "address",
            ADDRESS,
            "nationality",
            "US",
            "paper",
            Map.of("kind", "NATIONAL_ID", "number", "X-4711", "country", "US")));
  }

  static Map<String, Object> external(String shorthand) {
    long account = UUID.randomUUID().getMostSignificantBits() >>> 40;
    return Map.of(
        "form",
        "US",
        "routingNumber",
        "021000021",
        "accountNumber",
        Long.toString(account),
        "shorthand",
        shorthand);
  }

  static Map<String, Object> place(String shorthand) {
    return Map.of(
        "shorthand", shorthand,
        "recipient", "Ada Byron",
        "lines", List.of("12 St James's Square"),
        "locality", "London",
        "postcode", "SW1Y 4LE",
        "country", "GB");
  }

  private static String some() {
    return UUID.randomUUID().toString().substring(0, 20);
  }

  /** Of a row's request, by whoever. */
  Body of(AccessTable.Row row, AccessColumn who) {
    if (row.method().equals("GET") || row.method().equals("DELETE")) {
      return new Body("", new byte[0]);
    }
    String path = row.path().replaceAll("^/api/v1/|\\?.*", "");
    return switch (row.method() + " " + path) {
      case "POST registrations/{registration}/documents" ->
          new Body("application/pdf", PDF.getBytes(StandardCharsets.US_ASCII));
      case "PUT screening/lists/{list}" -> new Body("application/xml", SampleList.bytes());
      case "POST token" ->
          new Body(
              "application/x-www-form-urlencoded",
              "grant_type=client_credentials&client_id=nobody".getBytes(StandardCharsets.US_ASCII));
      case "POST registrations/{registration}/submission",
          "POST registrations/{registration}/activations",
          "POST registrations/{registration}/activation-approvals",
          "POST registrations/{registration}/exports",
          "POST webhooks/{webhook}/secret",
          "POST webhooks/{webhook}/test",
          "POST webhooks/{webhook}/deliveries/{delivery}/redelivery",
          "POST security-keys/options",
          "POST micro-deposits/{microDeposit}/sent",
          "POST wallet/instruments/{instrument}/verification",
          "PUT wallet/instruments/{instrument}/preferred",
          "PUT wallet/addresses/{place}/preferred" ->
          new Body("", new byte[0]);
      default ->
          new Body(
              "application/json",
              json(members(row.method() + " " + path, who)).getBytes(StandardCharsets.UTF_8));
    };
  }

  private Map<String, ?> members(String request, AccessColumn who) {
    boolean device = who == AccessColumn.DEVICE;
    RecordingConnection.Messages sent = things.messages();
    return switch (request) {
      case "POST codes" -> Map.of("code", device ? sent.code() : strangers(sent.code()));
      case "POST requests" ->
          Map.of("request", device ? sent.request() : strangers(sent.request()));
      case "POST certificates" -> Map.of("request", BIND_BYTES);
      case "POST enrolments/{id}/bind" -> Map.of("message", device ? sent.bind() : BIND_BYTES);
      case "POST enrolments/{id}/confirm" ->
          Map.of("message", device ? sent.confirmation() : CHALLENGE);
      case "POST staff" -> Map.of("user", AccessPeople.name(), "roles", List.of("CLERK"));
      case "POST staff/password" ->
          Map.of(
              "user", "nobody", "password", "not this one", "newPassword", "a sentence of nobody");
      case "POST sessions" -> Map.of("user", "nobody", "password", "not this one");
      case "POST sessions/assertion" -> assertion();
      case "POST security-keys" -> Map.of("name", "red", "credential", key().create(CHALLENGE));
      case "PUT security-keys/{key}" -> Map.of("name", "green");
      case "PUT staff/accounts/{user}/roles" ->
          Map.of("roles", List.of("CLERK"), "reason", "as before");
      case "POST staff/accounts/{user}/state" -> Map.of("state", "ACTIVE", "reason", "as before");
      case "POST staff/accounts/{user}/recovery",
          "POST staff/accounts/{user}/password-reset",
          "POST partner-clients/{client}/revocation",
          "POST registrations/{registration}/dossier/exports",
          "POST registrations/{registration}/erasure",
          "POST screening/lists/{list}/retirement",
          "POST registrations/{registration}/erasure/withdrawal",
          "POST registrations/{registration}/approval" ->
          REASON;
      case "POST registrations/{registration}/state" ->
          Map.of("state", "REFUSED", "reason", "checked");
      case "POST devices/{device}/state", "POST institutions/{institution}/state" ->
          Map.of("state", "ACTIVE", "reason", "checked");
      case "POST accounts/{account}/deposits" -> Map.of("amountMinor", 1, "currency", "USD");
      case "POST institutions", "PUT institutions/{institution}" ->
          AccessPeople.brand("Bank " + some());
      case "POST institutions/{institution}/partner-clients" -> program("client");
      case "PUT partner-clients/{client}" -> program("");
      case "POST agreements/proposal" -> AccessThings.proposal();
      case "POST agreements/proposal/confirmation", "POST agreements/proposal/withdrawal" ->
          Map.of("version", 9_998);
      case "POST registrations", "POST partner/registrations" ->
          Map.of("kind", "PERSON", "role", "USER", "name", "Ada Byron");
      case "PUT registrations/{registration}/identification" ->
          identification("Ada Byron", "PERSON");
      case "POST instrument-searches" ->
          Map.of("form", "IBAN", "iban", AccessThings.IBAN, "reason", "checked");
      case "POST screening/hits/{hit}/decision" ->
          Map.of("decision", "FALSE_POSITIVE", "note", "checked");
      case "POST webhooks" -> AccessWebhooks.target();
      case "PUT webhooks/{webhook}" -> {
        Map<String, Object> changed = new HashMap<>(AccessWebhooks.target());
        changed.put("state", "ACTIVE");
        yield changed;
      }
      default -> wallet(request);
    };
  }

  private Map<String, ?> wallet(String request) {
    return switch (request) {
      case "POST wallet/accounts" -> Map.of("currency", "EUR", "shorthand", "euro " + some());
      case "POST wallet/cards" ->
          Map.of("pan", "4111111111111111", "expiry", "2031-12", "shorthand", "card " + some());
      case "POST wallet/external-accounts" -> external("other " + some());
      case "PUT wallet/order" -> Map.of("instruments", List.of(things.named("instrument")));
      case "PUT wallet/instruments/{instrument}/shorthand" -> Map.of("shorthand", "name " + some());
      case "PUT wallet/instruments/{instrument}/limits" ->
          Map.of("currency", "USD", "perTransactionMinor", 5_000);
      case "POST wallet/instruments/{instrument}/verification/confirmation" ->
          Map.of("firstMinor", 1, "secondMinor", 1);
      case "POST wallet/addresses", "PUT wallet/addresses/{place}" -> place("place " + some());
      default -> throw new AssertionError("nobody has written what to send to " + request);
    };
  }

  private static String json(Map<String, ?> members) {
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As long, and sealed by nobody. */
  private static String strangers(String genuine) {
    int middle = genuine.length() / 2;
    char other = genuine.charAt(middle) == '2' ? '3' : '2';
    return genuine.substring(0, middle) + other + genuine.substring(middle + 1);
  }

  private static Map<String, Object> assertion() {
    try {
      return key().sign(CHALLENGE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> program(String member) {
    PartnerProgram program = new PartnerProgram(AccessPeople.name());
    Map<String, Object> terms =
        Map.of("scopes", List.of("WEBHOOKS"), "keys", List.of(program.jwk()));
    if (member.isEmpty()) {
      return terms;
    }
    Map<String, Object> named = new HashMap<>(terms);
    named.put(member, program.client());
    return named;
  }
}
