package org.tallystick.schema;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One migrated PostgreSQL for all tests of this module; it ends with the test run. */
public final class Database {
  private static final EmbeddedPostgres POSTGRES = start();

  private Database() {}

  public static DataSource dataSource() {
    return POSTGRES.getPostgresDatabase();
  }

  /** A connection that commits only when told to. */
  public static Connection connect() throws SQLException {
    Connection connection = dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** A party to own accounts, as plain SQL. */
  public static long party() throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        var id =
            statement.executeQuery(
                """
                insert into party (id, registration, kind, role, state, name_sealed, token_hash,
                  account_identifier, contract_id, account_binding_sealed, contract_version,
                  contract_hash, registered_at, version)
                select nextval('party_seq'), uuid_send(gen_random_uuid()), 'PERSON', 'USER',
                  'ACTIVE', 'x', sha256(uuid_send(gen_random_uuid())),
                  uuid_send(gen_random_uuid()), uuid_send(gen_random_uuid()), 'x', 1, sha256('x'),
                  now(), 0
                returning id
                """)) {
      id.next();
      return id.getLong(1);
    }
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
      Migration.run(postgres.getPostgresDatabase());
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
