package org.tallystick.schema;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the newest form; several nodes may try at once, one of them does it. */
public final class Migration {
  private static final String LOCATION = "classpath:db/migration";

  private Migration() {}

  /** Runs what has not run yet and returns how many steps that were. */
  public static int run(DataSource database) {
    return Flyway.configure(Migration.class.getClassLoader())
        .dataSource(database)
        .locations(LOCATION)
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
