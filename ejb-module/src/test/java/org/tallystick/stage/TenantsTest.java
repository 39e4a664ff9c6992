package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.staff.Actor;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.staff.Role;
import org.tallystick.stage.TenantBank.Trial;

/**
 * Every use case that runs on somebody's behalf, and how it keeps institutions apart. A new one
 * fails here until it has its line, and a line is a trial that is run.
 *
 * <p>TSE-22: an institution's people see its own parties and nothing else.
 */
class TenantsTest {
  private static final String ACTOR = "org.tallystick.staff.Actor";
  @TempDir Path keys;
  private TenantBank tenants;

  @BeforeEach
  void open() {
    tenants = new TenantBank(keys);
  }

  /** What is somebody's: by name of the method. */
  static Stream<String> things() {
    return TenantTrials.THINGS.stream();
  }

  /** What belongs to the consortium alone. */
  static Stream<String> ofTheConsortium() {
    return ConsortiumTrials.ALL.stream();
  }

  @Test
  void everyMethodWithAnActor_hasItsLine() {
    Set<String> table = new TreeSet<>(TenantTrials.THINGS);
    table.addAll(ConsortiumTrials.ALL);
    table.addAll(TenantTrials.OF_PROGRAMS);
    assertThat(methods()).isEqualTo(table);
  }

  @ParameterizedTest
  @MethodSource("things")
  void thingOfAnotherInstitution_isAsIfNothingWereThere(String method) {
    Trial trial = new TenantTrials(tenants).of(method);
    Object foreign = tenants.in(() -> trial.mine().apply(tenants.theirs()));
    Object unknown = tenants.in(() -> trial.nobodys().apply(tenants.theirs()));
    assertThat(foreign).as(method).isEqualTo(unknown);

    Object own = tenants.in(() -> trial.mine().apply(tenants.ours()));
    assertThat(own).as("%s for its own people", method).isNotEqualTo(unknown);
  }

  @ParameterizedTest
  @MethodSource("things")
  void thingOfAnInstitution_isThereForTheConsortium(String method) {
    Trial trial = new TenantTrials(tenants).of(method);
    Object unknown = tenants.in(() -> trial.nobodys().apply(tenants.consortium()));
    Object found = tenants.in(() -> trial.mine().apply(tenants.consortium()));
    assertThat(found).as(method).isNotEqualTo(unknown);
  }

  @ParameterizedTest
  @MethodSource("ofTheConsortium")
  void whatIsTheConsortiums_isNobodyElses(String method) {
    Actor all = new Actor("all", staffRoles(), tenants.ours.id());
    Trial trial = new ConsortiumTrials(tenants).of(method);
    assertThatThrownBy(() -> tenants.in(() -> trial.mine().apply(all)))
        .as(method)
        .isInstanceOf(NotPermittedException.class);
    Actor own = new Actor("own", staffRoles());
    assertThat(tenants.in(() -> trial.mine().apply(own))).as(method).isNotNull();
  }

  private static Set<Role> staffRoles() {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.PARTNER)
        .collect(Collectors.toSet());
  }

  /** As "Class.method(Type, …)", of every class of this module. */
  private static Set<String> methods() {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : classes()) {
      for (Method method : type.getDeclaredMethods()) {
        List<String> parameters =
            Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
        if (Modifier.isPublic(method.getModifiers())
            && !method.isSynthetic()
            && parameters.contains(ACTOR)) {
          names.add(
              type.getSimpleName()
                  + "."
                  + method.getName()
                  + Arrays.stream(method.getParameterTypes())
                      .map(Class::getSimpleName)
                      .collect(Collectors.joining(", ", "(", ")")));
        }
      }
    }
    return names;
  }

  private static List<Class<?>> classes() {
    try {
      Path root = Path.of(Actor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .<Class<?>>map(TenantsTest::load)
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, TenantsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void transactionWithAnother_showsOwnHalvesAlone_withoutTheReason_andNoEvidence() {
    tenants.payerGoesToThem();
    for (Actor side : List.of(tenants.ours(), tenants.theirs())) {
      var view =
          tenants.in(() -> tenants.bank.transactions.view(side, tenants.number)).orElseThrow();
      assertThat(view.halves()).hasSize(1);
      assertThat(view.halves().get(0).slotOutcome()).isNotNull();
      assertThat(view.halves().get(0).slotReason()).isNull();
      assertThat(view.slots()).hasSize(1);
      assertThat(view.slots().get(0).reason()).isNull();
      assertThat(
              tenants.in(
                  () -> tenants.bank.transactions.evidence(side, tenants.number, new byte[100])))
          .isEmpty();
    }
    var whole =
        tenants.in(() -> tenants.bank.transactions.view(tenants.consortium(), tenants.number));
    assertThat(whole.orElseThrow().halves()).hasSize(2);
  }
}
