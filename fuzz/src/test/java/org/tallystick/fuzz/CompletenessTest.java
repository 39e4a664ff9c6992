package org.tallystick.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.forgotten.ForgottenParsers;
import org.tallystick.format.Signed;

/**
 * No parser without a target. A parser is what looks like one (a static method that takes bytes or
 * text and is called as parsers are called) and what acts like one (it calls a primitive reader).
 * Every one of them must be reached from a target by calls, or stand in {@link #ELSEWHERE} with the
 * reason.
 */
final class CompletenessTest {
  private static final String PACKAGE = "org.tallystick.";

  private static final Pattern NAMES =
      Pattern.compile(
          "(parse|decode|read|of|from|open|verify|bytes|canonical|typed|receive|unseal|unwrap)"
              + "([A-Z].*)?");

  private static final Set<Class<?>> INPUTS =
      Set.of(byte[].class, String.class, CharSequence.class, InputStream.class, Cbor.class);

  /** What reads structure; base64url and Crockford base32 are leaves with targets of their own. */
  private static final Map<String, Set<String>> READERS =
      Map.of(
          Cbor.class.getName(), Set.of("decode"),
          MapReader.class.getName(), Set.of("of"),
          CoseSign1.class.getName(), Set.of("decode"),
          CoseEncrypt0.class.getName(), Set.of("decode"),
          Signed.class.getName(), Set.of("payload"),
          org.tallystick.device.transport.StrictJson.class.getName(), Set.of("object"),
          org.tallystick.json.StrictJson.class.getName(), Set.of("read"));

  /** Parsers without a target, by class and method, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("answer.AnswerSocket.subscribe", "as request-body, within a session"),
          Map.entry("json.StrictJsonReader.readFrom", "passes the stream on to request-body's"),
          Map.entry("json.RequestBody.read", "keeps the bytes that request-body then reads"),
          Map.entry("screening.Subject.of", "the bank's own records, reads nothing"),
          Map.entry("device.transport.AnswerSocket.take", "as bank-reply, within a socket"),
          Map.entry("device.transport.HttpExchange.read", "as bank-reply, within a connection"),
          Map.entry("device.transport.HttpExchange.problem", "the same for problem documents"),
          Map.entry("device.state.OutboxEntry.terms", "the device's own half, from its state"),
          Map.entry("device.process.EventWriter.describe", "the device's own receipt"),
          Map.entry("device.state.FinishedEntry.terms", "the same of one that has ended"),
          Map.entry("device.BillReader.read", "as bill-forms, with the keys held"),
          Map.entry("device.PaymentChoice.of", "what the payer chose, reads nothing"),
          Map.entry("evidence.Transactions.inclusion", "the bank's own receipt"),
          Map.entry("device.DeviceSettings.of", "settings of who runs the device"),
          Map.entry("pin.PinVerifier.ofPin", "derives from a PIN and reads nothing"),
          Map.entry("bill.TermsHash.of", "hashes"),
          Map.entry(
              "request.RequestArguments$FetchBill.ofOffer",
              "what a device asks for, reads nothing"),
          Map.entry("ratelimit.Source.of", "an address as the server's socket gives it"),
          Map.entry("http.PageSize.of", "three digits, matched whole"),
          Map.entry("staff.Scope.of", "one of three names"),
          Map.entry("webhook.EventType.of", "one of five names"),
          Map.entry("evidence.TransactionView.of", "writes"),
          Map.entry("ledger.EntryId.of", "hashes"),
          Map.entry("pairing.Ending.ofBrokenStep", "names a step of ours"),
          Map.entry("wallet.Amounts.ofBytes", "the bank's own two bytes, out of its seal"),
          Map.entry("wallet.DeliveryAddress.decode", "the bank's own bytes, out of its seal"),
          Map.entry("wallet.FoundInstrument.of", "writes"));

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tallystick");

  private static final Set<String> REACHED = names(reached());

  @Test
  void parser_ofEveryModule_isReachedByATarget() {
    Set<String> missing = missing(ALL);
    missing.removeAll(ELSEWHERE.keySet());
    assertThat(missing).as("parsers to add to a list of targets, one line each").isEmpty();
  }

  @Test
  void exception_fromTheRule_isStillNeeded() {
    assertThat(missing(ALL)).containsAll(ELSEWHERE.keySet());
  }

  @Test
  void rule_onForgottenParsers_findsThem() {
    String name = "forgotten.ForgottenParsers.";
    assertThat(missing(new ClassFileImporter().importClasses(ForgottenParsers.class)))
        .containsExactly(name + "decode", name + "take");
  }

  private static Set<String> missing(JavaClasses classes) {
    Set<String> missing =
        classes.stream()
            .filter(type -> !type.getPackageName().startsWith(FuzzEntry.class.getPackageName()))
            .filter(type -> !type.getSimpleName().endsWith("Door"))
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> looksLikeOne(unit) || actsLikeOne(unit))
            .map(CompletenessTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(REACHED);
    return missing;
  }

  private static boolean looksLikeOne(JavaCodeUnit unit) {
    return unit instanceof JavaMethod
        && unit.getModifiers().contains(JavaModifier.STATIC)
        && !unit.getModifiers().contains(JavaModifier.PRIVATE)
        && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
        && NAMES.matcher(unit.getName()).matches()
        && unit.getRawParameterTypes().stream().anyMatch(CompletenessTest::isInput);
  }

  private static boolean isInput(JavaClass type) {
    return INPUTS.stream().anyMatch(input -> type.getName().equals(input.getName()));
  }

  private static boolean actsLikeOne(JavaCodeUnit unit) {
    return calls(unit)
        .anyMatch(
            called ->
                READERS
                    .getOrDefault(called.getOwner().getName(), Set.of())
                    .contains(called.getName()));
  }

  private static Set<JavaCodeUnit> reached() {
    Deque<JavaCodeUnit> open = new ArrayDeque<>();
    Stream.of(
            ProtocolTargets.class,
            SealedTargets.class,
            RequestTargets.class,
            EpochTargets.class,
            DeviceTargets.class,
            ServerTargets.class,
            ScreeningTargets.class,
            PartyTargets.class,
            SecurityKeyTargets.class)
        .forEach(list -> open.addAll(ALL.get(list).getCodeUnits()));
    Set<JavaCodeUnit> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      calls(open.pop()).filter(seen::add).forEach(open::push);
    }
    return seen;
  }

  private static Stream<JavaCodeUnit> calls(JavaCodeUnit unit) {
    return Stream.concat(
        unit.getCallsFromSelf().stream().flatMap(call -> call.getTarget().resolveMember().stream()),
        Stream.concat(
            unit.getMethodReferencesFromSelf().stream()
                .flatMap(reference -> reference.getTarget().resolveMember().stream()),
            unit.getConstructorReferencesFromSelf().stream()
                .flatMap(reference -> reference.getTarget().resolveMember().stream())));
  }

  private static Set<String> names(Set<JavaCodeUnit> units) {
    return units.stream()
        .filter(unit -> unit.getOwner().getName().startsWith(PACKAGE))
        .map(CompletenessTest::name)
        .collect(Collectors.toSet());
  }

  private static String name(JavaCodeUnit unit) {
    return unit.getOwner().getName().substring(PACKAGE.length()) + "." + unit.getName();
  }
}
