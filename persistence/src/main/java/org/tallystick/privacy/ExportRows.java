package org.tallystick.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what is in clear of a party, row by row, so that a long history takes no memory. */
public final class ExportRows {
  private static final int FETCHED = 500;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's and is in a transaction. */
  public ExportRows(Connection connection) {
    this.connection = connection;
  }

  /** What the sections are called, in their order. */
  public static Set<String> names() {
    return ExportTables.SECTIONS.keySet();
  }

  /** Hands over the rows of a section of a party, each as a JSON object. */
  public void section(String name, long party, Consumer<String> row) throws SQLException {
    ExportTables.Section section = ExportTables.SECTIONS.get(name);
    if (section == null) {
      throw new IllegalArgumentException("no section " + name);
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select json_strip_nulls(row_to_json(s))::text from (" + section.sql() + ") s")) {
      query.setFetchSize(FETCHED);
      query.setLong(1, party);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          row.accept(found.getString(1));
        }
      }
    }
  }
}
