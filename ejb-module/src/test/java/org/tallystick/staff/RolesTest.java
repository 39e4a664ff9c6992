package org.tallystick.staff;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each public method of each EJB that takes an {@link Actor}, called as nobody in particular and as
 * each single role: which of them get in, against a table written by hand.
 *
 * <p>The beans have nothing injected, so whoever is let in comes to some other end than {@link
 * NotPermittedException}. That a role is looked at first is part of what is tested: a method that
 * does anything else before lets everyone in here.
 */
class RolesTest {
  private static final Set<Role> ADMINISTRATOR = EnumSet.of(Role.ADMINISTRATOR);
  private static final Set<Role> APPROVER = EnumSet.of(Role.APPROVER);
  private static final Set<Role> AUDITOR = EnumSet.of(Role.AUDITOR);
  private static final Set<Role> PARTNER = EnumSet.of(Role.PARTNER);
  private static final Set<Role> CLERK = EnumSet.of(Role.CLERK);
  private static final Set<Role> COUNTER = EnumSet.of(Role.CLERK, Role.APPROVER);
  private static final Set<Role> LOOKS_AFTER = EnumSet.of(Role.ADMINISTRATOR, Role.AUDITOR);

  /** Who may, written by hand. A new method belongs here before it belongs anywhere else. */
  private static final Map<String, Set<Role>> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("device.Devices.move", APPROVER),
              Map.entry("enrolment.Activations.allow", APPROVER),
              Map.entry("evidence.Transactions.counts", AUDITOR),
              Map.entry("evidence.Transactions.evidence", AUDITOR),
              Map.entry("evidence.Transactions.view", EnumSet.of(Role.AUDITOR, Role.PARTNER)),
              Map.entry(
                  "ledger.Teller.balance", EnumSet.of(Role.CLERK, Role.APPROVER, Role.AUDITOR)),
              Map.entry("ledger.Teller.deposit", CLERK),
              Map.entry("ledger.Teller.trialBalance", AUDITOR),
              Map.entry("log.DeviceLogs.page", AUDITOR),
              Map.entry("agreement.Publishing.confirm", APPROVER),
              Map.entry("agreement.Publishing.open", EnumSet.of(Role.APPROVER, Role.AUDITOR)),
              Map.entry("agreement.Publishing.propose", APPROVER),
              Map.entry("agreement.Publishing.withdraw", APPROVER),
              Map.entry("institution.Institutions.change", ADMINISTRATOR),
              Map.entry("institution.Institutions.create", ADMINISTRATOR),
              Map.entry("institution.Institutions.find", LOOKS_AFTER),
              Map.entry("institution.Institutions.lines", LOOKS_AFTER),
              Map.entry("institution.Institutions.move", ADMINISTRATOR),
              Map.entry("institution.Institutions.page", LOOKS_AFTER),
              Map.entry("partner.PartnerClients.change", ADMINISTRATOR),
              Map.entry("partner.PartnerClients.find", LOOKS_AFTER),
              Map.entry("partner.PartnerClients.page", LOOKS_AFTER),
              Map.entry("partner.PartnerClients.register", ADMINISTRATOR),
              Map.entry("partner.PartnerClients.revoke", ADMINISTRATOR),
              Map.entry("party.Decisions.approve", COUNTER),
              Map.entry("party.Decisions.move", APPROVER),
              Map.entry("party.Dossiers.accesses", AUDITOR),
              Map.entry("party.Dossiers.open", COUNTER),
              Map.entry("party.Dossiers.openDocument", COUNTER),
              Map.entry(
                  "party.Dossiers.transitions",
                  EnumSet.of(Role.CLERK, Role.APPROVER, Role.AUDITOR)),
              Map.entry("party.DueVerifications.page", COUNTER),
              Map.entry(
                  "privacy.ErasureProposals.list",
                  EnumSet.of(Role.CLERK, Role.APPROVER, Role.AUDITOR)),
              Map.entry("privacy.ErasureProposals.withdraw", COUNTER),
              Map.entry("privacy.Erasures.due", COUNTER),
              Map.entry("privacy.Erasures.erase", COUNTER),
              Map.entry("privacy.Erasures.page", AUDITOR),
              Map.entry("privacy.OpenedExports.fetch", CLERK),
              Map.entry("privacy.OpenedExports.open", CLERK),
              Map.entry("party.Registrations.ofInstitution", PARTNER),
              Map.entry("party.Registrations.page", COUNTER),
              Map.entry("party.Registrations.register", PARTNER),
              Map.entry("screening.Hits.decide", COUNTER),
              Map.entry("screening.Hits.open", COUNTER),
              Map.entry("screening.Hits.page", EnumSet.of(Role.CLERK, Role.APPROVER, Role.AUDITOR)),
              Map.entry("screening.ListLoading.load", ADMINISTRATOR),
              Map.entry("screening.ListLoading.loadShorter", APPROVER),
              Map.entry(
                  "screening.Overviews.now",
                  EnumSet.of(Role.CLERK, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)),
              Map.entry(
                  "screening.Retirements.retire", EnumSet.of(Role.ADMINISTRATOR, Role.APPROVER)),
              Map.entry("wallet.InstrumentSearches.byAccount", CLERK),
              Map.entry("wallet.InstrumentSearches.byPan", CLERK),
              Map.entry("wallet.InstrumentSearches.page", AUDITOR),
              Map.entry("wallet.MicroDeposits.page", CLERK),
              Map.entry("wallet.MicroDeposits.sent", CLERK),
              Map.entry("receipt.Receipts.forAuditor", AUDITOR),
              Map.entry("webhook.Deliveries.again", PARTNER),
              Map.entry("webhook.Deliveries.page", PARTNER),
              Map.entry("webhook.Deliveries.test", PARTNER),
              Map.entry("webhook.Webhooks.all", PARTNER),
              Map.entry("webhook.Webhooks.change", PARTNER),
              Map.entry("webhook.Webhooks.create", PARTNER),
              Map.entry("webhook.Webhooks.delete", PARTNER),
              Map.entry("webhook.Webhooks.find", PARTNER),
              Map.entry("webhook.Webhooks.rotate", PARTNER),
              Map.entry("staff.StaffAccounts.changeRoles", ADMINISTRATOR),
              Map.entry("staff.StaffAccounts.changes", LOOKS_AFTER),
              Map.entry("staff.StaffAccounts.move", ADMINISTRATOR),
              Map.entry("staff.StaffAccounts.one", LOOKS_AFTER),
              Map.entry("staff.StaffAccounts.page", LOOKS_AFTER),
              Map.entry(
                  "staff.StaffAccounts.recover", EnumSet.of(Role.ADMINISTRATOR, Role.APPROVER)),
              Map.entry(
                  "staff.StaffAccounts.resetPassword",
                  EnumSet.of(Role.ADMINISTRATOR, Role.APPROVER)),
              Map.entry("staff.StaffDesk.open", ADMINISTRATOR),
              Map.entry(
                  "staff.StaffDesk.resetPassword", EnumSet.of(Role.ADMINISTRATOR, Role.APPROVER)),
              Map.entry("staff.StaffRegister.open", ADMINISTRATOR)));

  /** What other beans look up for an actor whose roles they have looked at. */
  private static final Set<String> LOOK_UPS =
      Set.of(
          "party.Parties.byRegistration",
          "party.Parties.byRegistrationLocked",
          "party.Parties.ifSeen");

  @Test
  void eachMethod_letsInExactlyWhoTheTableSays() {
    Map<String, Set<Role>> found = new TreeMap<>();
    for (Method method : methodsWithActor()) {
      Set<Role> letIn =
          Arrays.stream(Role.values())
              .filter(role -> letsIn(method, somebody(role)))
              .collect(toCollection(() -> EnumSet.noneOf(Role.class)));
      found.merge(name(method), letIn, RolesTest::union);
    }
    assertThat(found).isEqualTo(TABLE);
  }

  @Test
  void eachMethod_letsNobodyInWithoutARole() {
    for (Method method : methodsWithActor()) {
      assertThat(letsIn(method, new Actor("somebody", Set.of()))).as(name(method)).isFalse();
    }
  }

  private static Actor somebody(Role role) {
    return role == Role.PARTNER
        ? Actor.partner("somebody", 1, EnumSet.allOf(Scope.class))
        : new Actor("somebody", Set.of(role));
  }

  private static Set<Role> union(Set<Role> one, Set<Role> other) {
    Set<Role> both = EnumSet.copyOf(one);
    both.addAll(other);
    return both;
  }

  private static boolean letsIn(Method method, Actor actor) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(type -> argument(type, actor)).toArray();
    try {
      Constructor<?> bean = method.getDeclaringClass().getDeclaredConstructor();
      bean.setAccessible(true);
      method.invoke(bean.newInstance(), arguments);
      return true;
    } catch (InvocationTargetException e) {
      return !(e.getCause() instanceof NotPermittedException);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name(method), e);
    }
  }

  /** Something of that type; what it is does not matter to who is not let in. */
  private static Object argument(Class<?> type, Actor actor) {
    if (type == Actor.class) {
      return actor;
    }
    if (type == String.class) {
      return "x";
    }
    if (type == byte[].class) {
      return new byte[0];
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    return type.isEnum() ? type.getEnumConstants()[0] : null;
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getName().replace("org.tallystick.", "")
        + "."
        + method.getName();
  }

  private static List<Method> methodsWithActor() {
    List<Method> methods =
        beans().stream()
            .flatMap(bean -> Arrays.stream(bean.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Actor.class))
            .filter(method -> !LOOK_UPS.contains(name(method)))
            .toList();
    assertThat(methods).hasSizeGreaterThan(15);
    return methods;
  }

  private static Collection<Class<?>> beans() {
    try {
      Path classes =
          Path.of(Actor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes)) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(file -> file.startsWith("org") && file.endsWith(".class"))
            .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
            .<Class<?>>map(RolesTest::load)
            .filter(
                type ->
                    type.isAnnotationPresent(Stateless.class)
                        || type.isAnnotationPresent(Singleton.class))
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, RolesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
