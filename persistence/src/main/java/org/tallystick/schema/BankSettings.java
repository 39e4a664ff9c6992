package org.tallystick.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What all nodes of one database must be started with alike: the first start writes it down, each
 * later one is compared. The table {@code bank_setting} shows operators which node set it when.
 */
public final class BankSettings {
  private final DataSource database;
  private final String node;

  /** Settings of the database, as a node starts with them. */
  public BankSettings(DataSource database, String node) {
    this.database = database;
    this.node = node;
  }

  /**
   * Compares what can never be changed.
   *
   * @param variable by which the operator sets it
   * @throws IllegalStateException if the database has another value
   */
  public void requireSame(String name, String variable, String value) {
    String kept = keptOr(name, value);
    if (!kept.equals(value)) {
      throw new IllegalStateException(
          variable
              + " is "
              + value
              + " on "
              + node
              + ", but this database belongs to a bank whose "
              + name
              + " is "
              + kept
              + ", which cannot be changed: start this node with "
              + variable
              + "="
              + kept
              + ", or with another database");
    }
  }

  /**
   * Takes over what may be changed, if all nodes follow.
   *
   * @return the former value, where it was another
   */
  public Optional<String> takeOver(String name, String value) {
    String kept = keptOr(name, value);
    if (kept.equals(value)) {
      return Optional.empty();
    }
    execute(
        "update bank_setting set value = ?, node = ?, set_at = now() where name = ?",
        value,
        node,
        name);
    return Optional.of(kept);
  }

  /** What is kept; of nodes that start at the same moment one is the first. */
  private String keptOr(String name, String value) {
    execute(
        "insert into bank_setting (name, value, node, set_at) values (?, ?, ?, now())"
            + " on conflict (name) do nothing",
        name,
        value,
        node);
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select value from bank_setting where name = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("the setting " + name + " is missing");
        }
        return found.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the setting " + name + " cannot be read", e);
    }
  }

  private void execute(String sql, String... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the bank's settings cannot be written", e);
    }
  }
}
