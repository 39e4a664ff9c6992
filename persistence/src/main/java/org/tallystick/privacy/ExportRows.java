package org.tallystick.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what is in clear of a party, each section as a JSON array. */
public final class ExportRows {
  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ExportRows(Connection connection) {
    this.connection = connection;
  }

  /** All sections of a party by name. */
  public Map<String, String> sections(long party) throws SQLException {
    Map<String, String> sections = new LinkedHashMap<>();
    for (Map.Entry<String, ExportTables.Section> section : ExportTables.SECTIONS.entrySet()) {
      String sql =
          "select coalesce(json_agg(json_strip_nulls(row_to_json(s))), '[]')::text from ("
              + section.getValue().sql()
              + ") s";
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        query.setLong(1, party);
        try (ResultSet found = query.executeQuery()) {
          found.next();
          sections.put(section.getKey(), found.getString(1));
        }
      }
    }
    return sections;
  }
}
