package org.tallystick.screening;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of people, companies and ships that do not exist. */
final class SmallList {
  static final TargetList LIST =
      new TargetList(
          "TEST",
          List.of(
              entity("1", EntityKind.PERSON, "TARVOLENKO, Mikhail Borisovich"),
              entity(
                  "2",
                  EntityKind.PERSON,
                  "AL-QAZRAWI, Ayman Hamid",
                  weak("ABU SUNDUS"),
                  weak("BARAKO")),
              entity("3", EntityKind.ORGANISATION, "KESTREL DAWN SHIPPING CO., LTD."),
              entity("4", EntityKind.VESSEL, "SILVER HERON"),
              entity("5", EntityKind.PERSON, "PAK, Yong Gil"),
              entity("6", EntityKind.PERSON, "ZHUO, Wenqing"),
              entity("7", EntityKind.ORGANISATION, "OMNIPHALT S.A. DE C.V."),
              entity("8", EntityKind.PERSON, "ABD AL-RAHMAN, Zubaydullah"),
              entity("9", EntityKind.PERSON, "QUERIDON ALTAVEZ, Esteban Ramiro"),
              entity("10", EntityKind.ORGANISATION, "SE"),
              entity("11", EntityKind.ORGANISATION, "BANK OF ZERMANIA"),
              entity("12", EntityKind.PERSON, "PAPADIMOULIS, Alexandros")));

  /** Given names and common words, as a bank of these names' countries would have counted them. */
  private static final CustomerCorpus CUSTOMERS =
      new CustomerCorpus(
          10_000,
          Map.ofEntries(
              entry("mikhail", 300),
              entry("borisovich", 100),
              entry("esteban", 100),
              entry("ramiro", 100),
              entry("ayman", 200),
              entry("hamid", 200),
              entry("abd", 400),
              entry("rahman", 300),
              entry("abu", 200),
              entry("shipping", 200),
              entry("dawn", 50),
              entry("bank", 200),
              entry("silver", 100),
              entry("yong", 100),
              entry("gil", 100),
              entry("pak", 100)));

  private SmallList() {}

  static Screener screener() {
    return Screener.of(List.of(LIST), CUSTOMERS);
  }

  static ListedEntity entity(String id, EntityKind kind, String primary, ListedName... others) {
    List<ListedName> names = new ArrayList<>();
    names.add(new ListedName(primary, NameKind.PRIMARY));
    names.addAll(List.of(others));
    return new ListedEntity(id, kind, names, List.of());
  }

  static ListedName weak(String text) {
    return new ListedName(text, NameKind.WEAK_ALIAS);
  }

  /** Numbers of the entries that were hit, the best first. */
  static List<String> hits(Screener screener, String name, EntityKind kind) {
    return matches(screener, name, kind).stream().map(match -> match.entity().id()).toList();
  }

  static List<Match> matches(Screener screener, String name, EntityKind kind) {
    Screening screening = screener.screen(new Query(name, kind));
    if (screening instanceof Screening.Done done) {
      return done.hits();
    }
    throw new AssertionError(name + ": " + screening);
  }
}
