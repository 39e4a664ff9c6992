package org.tallystick.screening.list;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.NameKind;

/** OFAC's {@code sdn.xml}: names as in the CSV files, "LAST, First"; weak aliases by category. */
final class OfacXml {
  static final String FILE = "sdn.xml";

  private static final String PUBLICATION = "publshInformation";

  private OfacXml() {}

  static void read(Map<String, byte[]> files, ListDraft list) throws ListRefusedException {
    int[] counts = {-1, 0};
    XmlEntries.read(
        FILE,
        files.getOrDefault(FILE, new byte[0]),
        list.limits(),
        "sdnList",
        Set.of(PUBLICATION, "sdnEntry"),
        element -> {
          if (element.name().equals(PUBLICATION)) {
            counts[0] = count(element);
          } else {
            list.add(FILE, element.line(), entity(element, list.limits()));
            counts[1]++;
          }
        });
    if (counts[0] >= 0 && counts[0] != counts[1]) {
      throw new ListRefusedException(
          FILE, "it says that it has " + counts[0] + " entries, but has " + counts[1]);
    }
  }

  private static int count(XmlElement publication) throws ListRefusedException {
    String said = Texts.tidy(publication.text("Record_Count"));
    if (said.isEmpty()) {
      return -1;
    }
    if (!said.matches("[0-9]{1,9}")) {
      throw new ListRefusedException(FILE, publication.line(), "Record_Count is no number");
    }
    return Integer.parseInt(said);
  }

  private static EntityDraft entity(XmlElement entry, ListLimits limits) {
    EntityDraft draft =
        new EntityDraft(Texts.tidy(entry.text("uid")), kind(entry.text("sdnType")), limits);
    draft.everyName(entry.texts(", ", "lastName", "firstName"), NameKind.PRIMARY);
    entry
        .all("akaList", "aka")
        .forEach(
            aka ->
                draft.name(
                    aka.texts(", ", "lastName", "firstName"),
                    Texts.tidy(aka.text("category")).equalsIgnoreCase("weak")
                        ? NameKind.WEAK_ALIAS
                        : NameKind.ALIAS));
    entry.all("programList", "program").forEach(each -> draft.detail("Programme", each.text()));
    draft.detail("Title", entry.text("title"));
    entry
        .all("dateOfBirthList", "dateOfBirthItem")
        .forEach(each -> draft.detail("Born", each.text("dateOfBirth")));
    entry
        .all("placeOfBirthList", "placeOfBirthItem")
        .forEach(each -> draft.detail("Born in", each.text("placeOfBirth")));
    entry
        .all("nationalityList", "nationality")
        .forEach(each -> draft.detail("Nationality", each.text("country")));
    entry
        .all("citizenshipList", "citizenship")
        .forEach(each -> draft.detail("Citizenship", each.text("country")));
    entry
        .all("idList", "id")
        .forEach(
            each -> draft.detail("Document", each.texts(" ", "idType", "idNumber", "idCountry")));
    entry
        .all("addressList", "address")
        .forEach(
            each ->
                draft.detail(
                    "Address",
                    each.texts(
                        ", ",
                        "address1",
                        "address2",
                        "address3",
                        "city",
                        "stateOrProvince",
                        "postalCode",
                        "country")));
    entry
        .all("vesselInfo")
        .forEach(
            each ->
                draft.detail(
                    "Vessel",
                    each.texts(", ", "callSign", "vesselType", "vesselFlag", "vesselOwner")));
    draft.detail("Remarks", entry.text("remarks"));
    return draft;
  }

  private static EntityKind kind(String type) {
    return switch (Texts.tidy(type).toLowerCase(Locale.ROOT)) {
      case "individual" -> EntityKind.PERSON;
      case "vessel" -> EntityKind.VESSEL;
      case "aircraft" -> EntityKind.AIRCRAFT;
      case "entity" -> EntityKind.ORGANISATION;
      default -> EntityKind.UNKNOWN;
    };
  }
}
