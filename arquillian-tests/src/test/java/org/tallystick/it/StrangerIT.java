package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stranger cannot tell what exists from what does not: status, headers and body are the same, at
 * every operation of the API with an identifier in its address, for everybody whom it does not
 * concern. The operations are taken from the document of the running server, so none is forgotten.
 * That the times are the same too, shows {@link StrangerTimesIT}.
 */
final class StrangerIT extends BankIT {
  /** What everybody may see, and why. */
  private static final Map<String, String> PUBLIC =
      Map.of(
          "/log/inclusion/{leaf}", "the log is open to all, a leaf is a salted commitment",
          "/agreements/{version}", "the agreement is the same for all",
          "/screening/lists/{list}", "three lists that the document names",
          "/institutions/{institution}/brand", "what an app shows before anybody signs in",
          "/institutions/{institution}/brand/logo", "what an app shows before anybody signs in",
          "/problems/{slug}", "the document's own words");

  /** Bodies that name what may exist already, at addresses that name nothing; and who compares. */
  private static final Map<String, String> NAMED_IN_BODIES =
      Map.ofEntries(
          Map.entry("POST /codes", "taken unread, 202 for all"),
          Map.entry("POST /requests", "RequestsTest: bytes of a reply's form and length for all"),
          Map.entry("POST /certificates", "StrangerTimesIT"),
          Map.entry("POST /token", "StrangerTimesIT"),
          Map.entry("POST /sessions", "StrangerTimesIT"),
          Map.entry("POST /sessions/assertion", "no key is looked up without a challenge"),
          Map.entry("POST /staff/password", "below"),
          Map.entry("PUT /wallet/order", "below"),
          Map.entry("POST /wallet/cards", "only the own wallet is looked at"),
          Map.entry("POST /wallet/external-accounts", "below"),
          Map.entry("POST /registrations", "institutions and providers' names are public"),
          Map.entry("POST /partner/registrations", "as the other"));

  /** Members of bodies whose names say that they identify something. */
  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "user|client_id|institution|instruments|rawId|code|request|registration|device|pan|iban");

  /** What differs between any two answers. */
  private static final List<String> OF_THE_MOMENT =
      List.of("date", "ratelimit", "connection", "keep-alive");

  static List<Operation> operations() throws IOException {
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      return Operation.all(bank.send(RawRequest.of("GET", "openapi.json", "")));
    }
  }

  private static Stream<Operation> aboutSomething() throws IOException {
    return operations().stream()
        .filter(one -> !one.parameters().isEmpty() && !PUBLIC.containsKey(one.path()));
  }

  @Test
  void everyParameterOfAnAddress_namesAThingThatTheTestsCanMake() throws IOException {
    List<String> missing = new ArrayList<>();
    List<Operation> all = operations();
    for (Operation operation : all) {
      for (String parameter : operation.parameters()) {
        if (!PUBLIC.containsKey(operation.path())
            && Thing.of(operation.path(), parameter).isEmpty()) {
          missing.add(operation + ": " + parameter);
        }
      }
    }
    assertThat(missing).as("to be added to Thing, or to what is public").isEmpty();
    assertThat(PUBLIC.keySet()).isSubsetOf(all.stream().map(Operation::path).toList());
  }

  @Test
  void everyBodyThatNamesSomething_forWhoIsNotOfTheStaff_isCompared() throws IOException {
    List<String> naming =
        operations().stream()
            .filter(one -> one.parameters().isEmpty() && !one.isForStaff())
            .filter(one -> one.members().stream().anyMatch(IDENTIFIER.asMatchPredicate()))
            .map(Operation::toString)
            .toList();
    assertThat(naming).containsExactlyInAnyOrderElementsOf(NAMED_IN_BODIES.keySet());
  }

  @Test
  void bodyThatNamesAnothersThing_isAnsweredAsIfItWereNobodys() throws IOException {
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      Claimed.password(Thing.USER.existing()).assertAlike(bank);
      Claimed.order(Thing.INSTRUMENT.existing()).assertAlike(bank);
      for (String iban : List.of(Thing.IBAN, "GB82WEST12345698765432")) {
        RawRequest added =
            RawRequest.of(
                "POST",
                "wallet/external-accounts",
                "{\"form\":\"IBAN\",\"iban\":\""
                    + iban
                    + "\",\"currency\":\"EUR\",\"shorthand\":\"of "
                    + iban.substring(0, 2)
                    + "\"}");
        assertThat(bank.send(Stranger.OTHER_PARTY.asks(added)).status()).as(iban).isEqualTo(201);
      }
    }
  }

  /** Else the tests below would compare nothing with nothing. */
  @ParameterizedTest
  @EnumSource
  void existingThing_isShownToWhomItConcerns(Thing thing) {
    assertThat(thing.existing()).isNotEmpty();
    Optional<Map.Entry<String, String>> place = thing.shown();
    place.ifPresent(
        shown ->
            assertThat(client().get(shown.getKey(), shown.getValue()).status())
                .as(thing.toString())
                .isEqualTo(200));
  }

  @ParameterizedTest
  @MethodSource("aboutSomething")
  void stranger_cannotTellWhatExists(Operation operation) throws IOException {
    List<String> told = new ArrayList<>();
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      for (Stranger stranger : Stranger.values()) {
        List<String> parameters = operation.parameters();
        for (int existing = 1; existing < 1 << parameters.size(); existing++) {
          String here = seen(bank, stranger, operation, existing);
          String nowhere = seen(bank, stranger, operation, 0);
          if (!here.equals(nowhere)) {
            told.add(stranger + " " + existing + ": " + here + "\n instead of " + nowhere);
          }
        }
      }
    }
    assertThat(told).isEmpty();
  }

  /**
   * What a stranger sees.
   *
   * @param existing as bits, which of the parameters name what exists
   */
  private static String seen(
      KeptConnection bank, Stranger stranger, Operation operation, int existing)
      throws IOException {
    Map<String, String> arguments = new HashMap<>();
    List<String> parameters = operation.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Thing thing = Thing.of(operation.path(), parameters.get(i)).orElseThrow();
      arguments.put(
          parameters.get(i), (existing >> i & 1) == 1 ? thing.existing() : thing.unknown());
    }
    RawAnswer answer = bank.send(stranger.asks(operation.request(arguments)));
    assertThat(answer.status())
        .as("%s does %s", stranger, operation)
        .isNotIn(201, 202, 204, 429, 500, 503);
    return same(answer, arguments.values());
  }

  /** An answer without what differs between any two. */
  static String same(RawAnswer answer, Iterable<String> asked) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.keySet().removeAll(OF_THE_MOMENT);
    String text = answer.start() + " " + headers + " " + answer.text();
    for (String word : asked) {
      text = text.replace(word, "…");
    }
    return text;
  }
}
