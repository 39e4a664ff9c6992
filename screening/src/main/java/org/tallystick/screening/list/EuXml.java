package org.tallystick.screening.list;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.NameKind;

/**
 * The EU's list, schema 1.1: the first strong name is the primary one, {@code strong="false"} weak.
 */
final class EuXml {
  static final String FILE = "xmlFullSanctionsList_1_1.xml";

  private EuXml() {}

  static void read(Map<String, byte[]> files, ListDraft list) throws ListRefusedException {
    XmlEntries.read(
        FILE,
        files.getOrDefault(FILE, new byte[0]),
        list.limits(),
        "export",
        Set.of("sanctionEntity"),
        entry -> list.add(FILE, entry.line(), entity(entry, list.limits())));
  }

  private static EntityDraft entity(XmlElement entry, ListLimits limits) {
    EntityDraft draft =
        new EntityDraft(Texts.tidy(entry.attribute("logicalId")), kind(entry), limits);
    String primary =
        entry
            .all("nameAlias")
            .filter(alias -> !isWeak(alias) && !name(alias).isEmpty())
            .findFirst()
            .or(() -> entry.all("nameAlias").findFirst())
            .map(EuXml::name)
            .orElse("");
    draft.everyName(primary, NameKind.PRIMARY);
    entry
        .all("nameAlias")
        .forEach(
            alias -> {
              draft.name(name(alias), isWeak(alias) ? NameKind.WEAK_ALIAS : NameKind.ALIAS);
              draft.detail("Title", alias.attribute("title"));
              draft.detail("Function", alias.attribute("function"));
            });
    draft.detail("Reference", entry.attribute("euReferenceNumber"));
    entry.all("regulation").forEach(each -> draft.detail("Programme", each.attribute("programme")));
    entry
        .all("citizenship")
        .forEach(each -> draft.detail("Citizenship", each.attribute("countryDescription")));
    entry
        .all("birthdate")
        .forEach(
            each -> {
              String exact = each.attribute("birthdate");
              draft.detail("Born", exact.isEmpty() ? each.attribute("year") : exact);
              draft.detail(
                  "Born in",
                  each.attributes(", ", "place", "city", "region", "countryDescription"));
            });
    entry
        .all("address")
        .forEach(
            each ->
                draft.detail(
                    "Address",
                    each.attributes(
                        ", ",
                        "street",
                        "poBox",
                        "city",
                        "zipCode",
                        "region",
                        "countryDescription")));
    entry
        .all("identification")
        .forEach(
            each ->
                draft.detail(
                    "Document",
                    each.attributes(
                        " ", "identificationTypeDescription", "number", "countryDescription")));
    entry.all("remark").forEach(each -> draft.detail("Remarks", each.text()));
    return draft;
  }

  private static String name(XmlElement alias) {
    String whole = Texts.tidy(alias.attribute("wholeName"));
    return whole.isEmpty() ? alias.attributes(" ", "firstName", "middleName", "lastName") : whole;
  }

  private static boolean isWeak(XmlElement alias) {
    return alias.attribute("strong").equals("false");
  }

  private static EntityKind kind(XmlElement entry) {
    String code =
        entry
            .all("subjectType")
            .findFirst()
            .map(type -> type.attribute("code").toLowerCase(Locale.ROOT))
            .orElse("");
    return switch (code) {
      case "person" -> EntityKind.PERSON;
      case "enterprise" -> EntityKind.ORGANISATION;
      default -> EntityKind.UNKNOWN;
    };
  }
}
