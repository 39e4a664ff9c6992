package org.tallystick.screening.list;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma separated values as OFAC writes them. A line is a record; a field stands bare or in double
 * quotes, where a double quote is written twice; blanks may follow or precede either. A bare {@code
 * -0-} is an empty field. Lines end with LF, CR or both; after the end mark 0x1A there is nothing.
 */
final class CsvRecords {
  private static final String EMPTY = "-0-";
  private static final char END_MARK = 0x1A;

  private final String file;
  private final String text;
  private final int columns;
  private int position;
  private int line = 1;

  /**
   * Begins at the first line.
   *
   * @throws ListRefusedException if the bytes are not text
   */
  CsvRecords(String file, byte[] bytes, int columns) throws ListRefusedException {
    this.file = file;
    this.columns = columns;
    text = Texts.utf8(file, bytes);
  }

  /** One line's fields. */
  record Row(int line, List<String> fields) {
    String get(int column) {
      return fields.get(column);
    }
  }

  /**
   * Reads all lines; empty ones are no records.
   *
   * @throws ListRefusedException at the first that is not as it should be
   */
  List<Row> rows() throws ListRefusedException {
    List<Row> rows = new ArrayList<>();
    while (position < text.length() && text.charAt(position) != END_MARK) {
      blanks();
      if (!atLineEnd()) {
        rows.add(row());
      }
      lineEnd();
    }
    if (!text.substring(Math.min(position + 1, text.length())).isBlank()) {
      throw refused("something stands after the end mark");
    }
    return rows;
  }

  private Row row() throws ListRefusedException {
    List<String> fields = new ArrayList<>(columns);
    fields.add(field());
    while (position < text.length() && text.charAt(position) == ',') {
      position++;
      if (fields.size() == columns) {
        throw refused("more than " + columns + " fields");
      }
      fields.add(field());
    }
    if (fields.size() < columns) {
      throw refused(fields.size() + " fields instead of " + columns);
    }
    return new Row(line, fields);
  }

  private String field() throws ListRefusedException {
    blanks();
    if (position < text.length() && text.charAt(position) == '"') {
      return quoted();
    }
    int begin = position;
    while (!atLineEnd() && text.charAt(position) != ',') {
      if (text.charAt(position) == '"') {
        throw refused("a quote stands within a bare field");
      }
      position++;
    }
    String bare = text.substring(begin, position).strip();
    return bare.equals(EMPTY) ? "" : bare;
  }

  private String quoted() throws ListRefusedException {
    StringBuilder field = new StringBuilder();
    position++;
    while (true) {
      if (atLineEnd()) {
        throw refused("a quoted field has no end");
      }
      char c = text.charAt(position++);
      if (c != '"') {
        field.append(c);
      } else if (position < text.length() && text.charAt(position) == '"') {
        field.append('"');
        position++;
      } else {
        break;
      }
    }
    blanks();
    if (!atLineEnd() && text.charAt(position) != ',') {
      throw refused("something stands between a quoted field and the comma");
    }
    return field.toString();
  }

  private void blanks() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  private boolean atLineEnd() {
    return position == text.length() || "\r\n\u001a".indexOf(text.charAt(position)) >= 0;
  }

  private void lineEnd() {
    if (position < text.length() && text.charAt(position) == '\r') {
      position++;
      if (position < text.length() && text.charAt(position) == '\n') {
        position++;
      }
      line++;
    } else if (position < text.length() && text.charAt(position) == '\n') {
      position++;
      line++;
    }
  }

  private ListRefusedException refused(String reason) {
    return new ListRefusedException(file, line, reason);
  }
}
