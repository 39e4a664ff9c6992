package org.tallystick.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tallystick.node.Server;

/** Values that were given to the bank, and where in its database they are to be found. */
public final class Planted {
  private static final String COLUMNS =
      "select c.table_name, c.column_name, c.udt_name from information_schema.columns c"
          + " join information_schema.tables t using (table_schema, table_name)"
          + " where table_schema = 'public' and t.table_type = 'BASE TABLE'"
          + " and c.table_name <> 'flyway_schema_history'";

  private final Map<String, byte[]> values = new LinkedHashMap<>();

  /** A text, as it is written in UTF-8. */
  public Planted text(String what, String text) {
    return bytes(what, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes. */
  public Planted bytes(String what, byte[] bytes) {
    values.put(what, bytes.clone());
    return this;
  }

  /** Which of them are in which columns: every column of every table, as text or as bytes. */
  public Set<String> inColumns() {
    Set<String> found = new TreeSet<>();
    try (Connection connection = Server.connection();
        Statement statement = connection.createStatement()) {
      List<String[]> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(COLUMNS)) {
        while (rows.next()) {
          columns.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
        }
      }
      for (String[] column : columns) {
        String content =
            column[2].equals("bytea")
                ? '"' + column[1] + '"'
                : "convert_to(\"" + column[1] + "\"::text, 'UTF8')";
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select exists (select 1 from \""
                      + column[0]
                      + "\" where position(? in "
                      + content
                      + ") > 0)")) {
            query.setBytes(1, value.getValue());
            try (ResultSet row = query.executeQuery()) {
              row.next();
              if (row.getBoolean(1)) {
                found.add(value.getKey() + " in " + column[0] + "." + column[1]);
              }
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /** Which of them are in the database's files, once it has thrown away what nothing refers to. */
  public Set<String> inFiles() {
    Path base;
    try (Connection connection = Server.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum full");
      statement.execute("checkpoint");
      try (ResultSet folder =
          statement.executeQuery(
              "select current_setting('data_directory') || '/base/' || oid from pg_database"
                  + " where datname = current_database()")) {
        folder.next();
        base = Path.of(folder.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(base)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        values.forEach(
            (what, value) -> {
              if (content.contains(new String(value, StandardCharsets.ISO_8859_1))) {
                found.add(what);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
