package org.tallystick.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tables of docs/ACCESS.md as a person wrote them. */
final class AccessTable {
  private static final int FIRST_COLUMN = 2;
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");

  /**
   * A row.
   *
   * @param method of HTTP
   * @param path from the server's root, parameters in braces, perhaps with a query
   * @param cells what each caller is answered
   */
  record Row(String method, String path, Map<AccessColumn, AccessCell> cells) {
    /** As the server names it. */
    String endpoint() {
      return method + " " + path.replaceAll("\\?.*", "");
    }

    /** Whether this row's template takes the other's path with the same method. */
    boolean answers(Row other) {
      String template = endpoint().replaceAll("\\{\\w+}", "[^/]+");
      return other.endpoint().matches(template);
    }

    String request() {
      return method + " " + path;
    }

    @Override
    public String toString() {
      return request();
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final List<String> sockets = new ArrayList<>();
  private final List<String> pages = new ArrayList<>();
  private final List<String> patterns = new ArrayList<>();

  private AccessTable() {}

  static AccessTable read() {
    AccessTable table = new AccessTable();
    List<String> headings = List.of();
    for (String line : lines()) {
      List<String> cells =
          Arrays.stream(line.split("\\|", -1)).skip(1).map(AccessTable::plain).toList();
      String first = cells.isEmpty() ? "" : cells.get(0);
      if (first.equals("method")) {
        headings = cells.subList(0, cells.size() - 1);
      } else if (METHODS.contains(first)) {
        table.rows.add(row(headings, cells));
      } else if (first.equals("socket")) {
        table.sockets.add(cells.get(1));
      } else if (first.equals("page")) {
        table.pages.add(cells.get(1));
      } else if (first.equals("pattern")) {
        table.patterns.add(cells.get(1));
      }
    }
    return table;
  }

  private static String plain(String cell) {
    return cell.strip().replace("`", "");
  }

  private static Row row(List<String> headings, List<String> cells) {
    if (cells.size() != headings.size() + 1) {
      throw new AssertionError("ACCESS.md: not as many cells as headings: " + cells);
    }
    Map<AccessColumn, AccessCell> row = new EnumMap<>(AccessColumn.class);
    for (int i = FIRST_COLUMN; i < headings.size(); i++) {
      row.put(AccessColumn.of(headings.get(i)), AccessCell.of(cells.get(i)));
    }
    if (row.size() != AccessColumn.values().length) {
      throw new AssertionError("ACCESS.md lacks columns: " + row.keySet());
    }
    return new Row(cells.get(0), cells.get(1), row);
  }

  private static List<String> lines() {
    Path file = Path.of(System.getProperty("tallystick.it.root"), "docs", "ACCESS.md");
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> rows() {
    return rows;
  }

  List<String> sockets() {
    return sockets;
  }

  List<String> pages() {
    return pages;
  }

  /** What servlets are mapped to that no single page is. */
  List<String> patterns() {
    return patterns;
  }
}
