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
import org.tallystick.format.Signed;

/**
 * No parser without a target. A parser is what looks like one (a static method that takes bytes or
 * text and is called as parsers are called) and what acts like one (it calls a primitive reader).
 * Every one of them must be reached from a target by calls, or stand in {@link #ELSEWHERE} with the
 * reason.
 */
final class CompletenessTest {
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
  private static final Map<String, String> ELSEWHERE = Map.of();

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tallystick");

  @Test
  void parser_ofEveryModule_isReachedByATarget() {
    Set<String> missing = new TreeSet<>(names(parsers()));
    missing.removeAll(names(reached()));
    missing.removeAll(ELSEWHERE.keySet());
    assertThat(missing).as("parsers that no target reaches; add one line to a list of targets").isEmpty();
  }

  @Test
  void exception_fromTheRule_isStillNeeded() {
    Set<String> idle = new TreeSet<>(ELSEWHERE.keySet());
    idle.removeIf(name -> names(parsers()).contains(name) && !names(reached()).contains(name));
    assertThat(idle).as("exceptions for what is gone or reached").isEmpty();
  }

  @Test
  void rule_onThePlantedParsers_findsThem() {
    assertThat(names(parsers()).stream().filter(name -> name.startsWith("MoneyX"))).isEmpty();
  }

  private static Set<JavaCodeUnit> parsers() {
    return ALL.stream()
        .filter(type -> !type.getPackageName().startsWith("org.tallystick.fuzz"))
        .filter(type -> !type.getSimpleName().endsWith("Door"))
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> looksLikeOne(unit) || actsLikeOne(unit))
        .collect(Collectors.toSet());
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
            ProtocolTargets.class, SealedTargets.class, DeviceTargets.class, ServerTargets.class)
        .forEach(list -> open.addAll(ALL.get(list).getCodeUnits()));
    Set<JavaCodeUnit> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      calls(open.pop()).filter(seen::add).forEach(open::push);
    }
    return seen;
  }

  private static Stream<JavaCodeUnit> calls(JavaCodeUnit unit) {
    return Stream.concat(
        unit.getCallsFromSelf().stream()
            .flatMap(call -> call.getTarget().resolveMember().stream()),
        Stream.concat(
            unit.getMethodReferencesFromSelf().stream()
                .flatMap(reference -> reference.getTarget().resolveMember().stream()),
            unit.getConstructorReferencesFromSelf().stream()
                .flatMap(reference -> reference.getTarget().resolveMember().stream())));
  }

  private static Set<String> names(Set<JavaCodeUnit> units) {
    return units.stream()
        .map(unit -> unit.getOwner().getName() + "." + unit.getName())
        .collect(Collectors.toSet());
  }
}
