package org.tallystick.screening.list;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.NameKind;

/**
 * OFAC's SDN list in its four files, tied together by the entry's number. Weak aliases stand in the
 * remarks only, as {@code a.k.a. 'NAME'}, and remarks of a thousand characters go on in the
 * comments.
 */
final class OfacCsv {
  static final String ENTRIES = "sdn.csv";
  static final String ALTERNATES = "alt.csv";
  static final String ADDRESSES = "add.csv";
  static final String COMMENTS = "sdn_comments.csv";

  private static final int REMARKS_LENGTH = 1000;
  private static final Pattern WEAK = Pattern.compile("[a-z]\\.k\\.a\\. '(.*)'\\.?");
  private static final List<String> COLUMNS =
      List.of(
          "number",
          "name",
          "type",
          "Programme",
          "Title",
          "Call sign",
          "Vessel type",
          "Tonnage",
          "Gross tonnage",
          "Flag",
          "Owner",
          "remarks");

  private OfacCsv() {}

  private record Entry(int line, EntityDraft draft, String remarks) {}

  static void read(Map<String, byte[]> files, ListDraft list) throws ListRefusedException {
    Map<String, String> comments = comments(files);
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (CsvRecords.Row row : rows(files, ENTRIES, COLUMNS.size())) {
      if (entries.put(row.get(0), entry(row, comments, list.limits())) != null) {
        throw new ListRefusedException(
            ENTRIES, row.line(), "its entry has the number of another one");
      }
    }
    for (CsvRecords.Row row : rows(files, ALTERNATES, 5)) {
      if (row.get(3).isBlank()) {
        throw new ListRefusedException(ALTERNATES, row.line(), "there is no name");
      }
      owner(entries, ALTERNATES, row).everyName(row.get(3), NameKind.ALIAS);
    }
    for (CsvRecords.Row row : rows(files, ADDRESSES, 6)) {
      owner(entries, ADDRESSES, row)
          .detail("Address", row.get(2) + " " + row.get(3) + " " + row.get(4) + " " + row.get(5));
    }
    for (Entry entry : entries.values()) {
      remarks(entry);
      list.add(ENTRIES, entry.line(), entry.draft());
    }
  }

  private static Map<String, String> comments(Map<String, byte[]> files)
      throws ListRefusedException {
    Map<String, String> comments = new HashMap<>();
    if (files.containsKey(COMMENTS)) {
      for (CsvRecords.Row row : rows(files, COMMENTS, 2)) {
        comments.merge(row.get(0), row.get(1), String::concat);
      }
    }
    return comments;
  }

  private static Entry entry(CsvRecords.Row row, Map<String, String> comments, ListLimits limits)
      throws ListRefusedException {
    EntityDraft draft = new EntityDraft(row.get(0), kind(row.get(2)), limits);
    draft.everyName(row.get(1), NameKind.PRIMARY);
    for (int column = 3; column < COLUMNS.size() - 1; column++) {
      draft.detail(COLUMNS.get(column), row.get(column));
    }
    String remarks = row.get(COLUMNS.size() - 1);
    String rest = comments.get(row.get(0));
    if (remarks.length() >= REMARKS_LENGTH && rest == null) {
      throw new ListRefusedException(
          ENTRIES,
          row.line(),
          "its remarks go on in " + COMMENTS + ", where nothing is said of it");
    }
    return new Entry(row.line(), draft, rest == null ? remarks : remarks + rest);
  }

  /** Each remark is a line for the clerk, save the weak aliases. */
  private static void remarks(Entry entry) {
    for (String remark : entry.remarks().split(";", -1)) {
      Matcher weak = WEAK.matcher(remark.strip());
      if (weak.matches()) {
        entry.draft().name(weak.group(1), NameKind.WEAK_ALIAS);
      } else {
        entry.draft().detail("", remark);
      }
    }
  }

  private static EntityKind kind(String type) {
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "individual" -> EntityKind.PERSON;
      case "vessel" -> EntityKind.VESSEL;
      case "aircraft" -> EntityKind.AIRCRAFT;
      case "", "entity" -> EntityKind.ORGANISATION;
      default -> EntityKind.UNKNOWN;
    };
  }

  private static EntityDraft owner(Map<String, Entry> entries, String file, CsvRecords.Row row)
      throws ListRefusedException {
    Entry owner = entries.get(row.get(0));
    if (owner == null) {
      throw new ListRefusedException(
          file, row.line(), "it belongs to an entry that " + ENTRIES + " does not have");
    }
    return owner.draft();
  }

  private static List<CsvRecords.Row> rows(Map<String, byte[]> files, String file, int columns)
      throws ListRefusedException {
    return new CsvRecords(file, files.getOrDefault(file, new byte[0]), columns).rows();
  }
}
