package org.tallystick.screening.list;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.NameKind;

/**
 * A list of the bank's own, as people write it in a spreadsheet: UTF-8, with or without a byte
 * order mark, commas between, first a line with the names of the columns. Semicolons stand between
 * several aliases or dates. Whatever is not as it should be refuses the list with its line.
 *
 * <p>No field begins as a formula does, for who opens the file in a spreadsheet would run it.
 */
final class OwnCsv {
  static final String FILE = "own.csv";

  private static final List<String> COLUMNS =
      List.of(
          "reference", "kind", "name", "aliases", "weak_aliases", "birth_dates", "country", "note");
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,63}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final String FORMULA = "=+-@";
  private static final String LOST = "\uFFFD";
  private static final int NOTE = 500;

  private OwnCsv() {}

  static void read(Map<String, byte[]> files, ListDraft list) throws ListRefusedException {
    byte[] bytes = files.getOrDefault(FILE, new byte[0]);
    boolean marked =
        bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    List<CsvRecords.Row> rows =
        new CsvRecords(
                FILE,
                marked ? Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes,
                COLUMNS.size())
            .rows();
    if (rows.isEmpty() || !rows.get(0).fields().equals(COLUMNS)) {
      throw new ListRefusedException(
          FILE, 1, "the first line must be " + String.join(",", COLUMNS));
    }
    for (CsvRecords.Row row : rows.subList(1, rows.size())) {
      list.add(FILE, row.line(), entry(row, list.limits()));
    }
  }

  private static EntityDraft entry(CsvRecords.Row row, ListLimits limits)
      throws ListRefusedException {
    if (!REFERENCE.matcher(row.get(0)).matches()) {
      throw refused(
          row,
          "the reference must have 1 to 64 letters, digits and . _ / -, a letter or digit first");
    }
    EntityDraft draft = new EntityDraft(row.get(0), kind(row), limits);
    draft.everyName(text(row, row.get(2)), NameKind.PRIMARY);
    for (String alias : parts(row, 3)) {
      draft.name(alias, NameKind.ALIAS);
    }
    for (String alias : parts(row, 4)) {
      draft.name(alias, NameKind.WEAK_ALIAS);
    }
    for (String date : parts(row, 5)) {
      if (!isDate(date)) {
        throw refused(row, "a birth date must be YYYY, YYYY-MM or YYYY-MM-DD");
      }
      draft.detail("Born", date);
    }
    String country = row.get(6);
    if (!country.isEmpty() && !COUNTRIES.contains(country)) {
      throw refused(row, "the country must be two capitals of ISO 3166-1, or nothing");
    }
    draft.detail("Country", country);
    String note = text(row, row.get(7));
    if (note.length() > NOTE) {
      throw refused(row, "the note has more than " + NOTE + " characters");
    }
    draft.detail("Note", note);
    return draft;
  }

  private static EntityKind kind(CsvRecords.Row row) throws ListRefusedException {
    Optional<EntityKind> kind =
        Arrays.stream(EntityKind.values()).filter(one -> one.name().equals(row.get(1))).findFirst();
    if (kind.isEmpty()) {
      throw refused(row, "the kind must be one of " + Arrays.toString(EntityKind.values()));
    }
    return kind.get();
  }

  /** What stands between semicolons; none is empty, unless the whole field is. */
  private static List<String> parts(CsvRecords.Row row, int column) throws ListRefusedException {
    if (row.get(column).isBlank()) {
      return List.of();
    }
    List<String> parts = Arrays.asList(row.get(column).split(";", -1));
    for (int i = 0; i < parts.size(); i++) {
      parts.set(i, text(row, parts.get(i)).strip());
      if (parts.get(i).isEmpty()) {
        throw refused(row, "nothing stands between two semicolons of " + COLUMNS.get(column));
      }
    }
    return parts;
  }

  private static String text(CsvRecords.Row row, String text) throws ListRefusedException {
    String start = text.strip();
    if (!start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0) {
      throw refused(row, "a field begins with = + - or @, as a formula");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw refused(row, "a control character");
    }
    if (text.contains(LOST)) {
      throw refused(row, "the mark of a letter that was lost when its encoding was changed");
    }
    return text;
  }

  private static boolean isDate(String text) {
    try {
      return switch (text.length()) {
        case 4 -> !Year.parse(text).isBefore(Year.of(1));
        case 7 -> YearMonth.parse(text).getYear() > 0;
        case 10 -> LocalDate.parse(text).getYear() > 0;
        default -> false;
      };
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static ListRefusedException refused(CsvRecords.Row row, String reason) {
    return new ListRefusedException(FILE, row.line(), reason);
  }
}
