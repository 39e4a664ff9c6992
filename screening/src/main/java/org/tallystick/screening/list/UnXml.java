package org.tallystick.screening.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.NameKind;

/**
 * The UN's consolidated list. An alias of quality Low is weak. One alias element may hold several
 * names, between semicolons or, in another script, in brackets; other brackets are remarks.
 */
final class UnXml {
  static final String FILE = "consolidated.xml";

  private static final String PERSON = "INDIVIDUAL";
  private static final String ORGANISATION = "ENTITY";
  private static final Pattern BRACKETS = Pattern.compile("\\(([^()]*)\\)");
  private static final Pattern BETWEEN = Pattern.compile(";|\\s[a-z]\\)\\s");
  private static final Pattern LABEL =
      Pattern.compile("^\\s*original script:", Pattern.CASE_INSENSITIVE);

  private UnXml() {}

  static void read(Map<String, byte[]> files, ListDraft list) throws ListRefusedException {
    XmlEntries.read(
        FILE,
        files.getOrDefault(FILE, new byte[0]),
        list.limits(),
        "CONSOLIDATED_LIST",
        Set.of(PERSON, ORGANISATION),
        entry -> list.add(FILE, entry.line(), entity(entry, list.limits())));
  }

  private static EntityDraft entity(XmlElement entry, ListLimits limits) {
    String prefix = entry.name();
    EntityDraft draft =
        new EntityDraft(
            Texts.tidy(entry.text("DATAID")),
            prefix.equals(PERSON) ? EntityKind.PERSON : EntityKind.ORGANISATION,
            limits);
    draft.everyName(
        entry.texts(" ", "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"),
        NameKind.PRIMARY);
    split(entry.text("NAME_ORIGINAL_SCRIPT")).forEach(name -> draft.name(name, NameKind.ALIAS));
    entry
        .all(prefix + "_ALIAS")
        .forEach(
            alias -> {
              NameKind kind =
                  Texts.tidy(alias.text("QUALITY")).equalsIgnoreCase("low")
                      ? NameKind.WEAK_ALIAS
                      : NameKind.ALIAS;
              split(alias.text("ALIAS_NAME")).forEach(name -> draft.name(name, kind));
              draft.detail("Alias", alias.text("NOTE"));
            });
    details(entry, prefix, draft);
    return draft;
  }

  private static void details(XmlElement entry, String prefix, EntityDraft draft) {
    draft.detail("Reference", entry.text("REFERENCE_NUMBER"));
    draft.detail("Programme", entry.text("UN_LIST_TYPE"));
    draft.detail("Listed on", entry.text("LISTED_ON"));
    entry.all("TITLE", "VALUE").forEach(each -> draft.detail("Title", each.text()));
    entry.all("DESIGNATION", "VALUE").forEach(each -> draft.detail("Designation", each.text()));
    entry.all("NATIONALITY", "VALUE").forEach(each -> draft.detail("Nationality", each.text()));
    entry
        .all(prefix + "_DATE_OF_BIRTH")
        .forEach(
            each ->
                draft.detail(
                    "Born", each.texts(" ", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")));
    entry
        .all(prefix + "_PLACE_OF_BIRTH")
        .forEach(
            each ->
                draft.detail(
                    "Born in", each.texts(", ", "STREET", "CITY", "STATE_PROVINCE", "COUNTRY")));
    entry
        .all(prefix + "_ADDRESS")
        .forEach(
            each ->
                draft.detail(
                    "Address",
                    each.texts(
                        ", ", "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")));
    entry
        .all(prefix + "_DOCUMENT")
        .forEach(
            each ->
                draft.detail(
                    "Document",
                    each.texts(" ", "TYPE_OF_DOCUMENT", "NUMBER", "ISSUING_COUNTRY", "NOTE")));
    draft.detail("Remarks", entry.text("COMMENTS1"));
  }

  /** The names in one alias. */
  static List<String> split(String alias) {
    String tidy = Texts.tidy(alias);
    List<String> names = new ArrayList<>();
    String outside = BRACKETS.matcher(tidy).replaceAll(" ");
    int born = outside.indexOf(", born ");
    names.addAll(List.of(BETWEEN.split(born < 0 ? outside : outside.substring(0, born))));
    Matcher brackets = BRACKETS.matcher(tidy);
    while (brackets.find()) {
      String inside = LABEL.matcher(brackets.group(1)).replaceFirst("");
      if (isLatin(inside) != isLatin(outside)) {
        names.addAll(List.of(BETWEEN.split(inside)));
      }
    }
    return names.stream().map(Texts::tidy).filter(name -> !name.isEmpty()).toList();
  }

  private static boolean isLatin(String text) {
    return text.codePoints()
        .filter(Character::isLetter)
        .allMatch(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN);
  }
}
