package org.tallystick.stage;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Tells a database that is away, or has not its form yet, from a message that is bad. */
@ApplicationScoped
public class DatabaseProbe {
  private static final int TIMEOUT_SECONDS = 2;

  @Resource(lookup = "jdbc/tallystick")
  DataSource database;

  /** Whether the database answers now and has the newest table. */
  public boolean answers() {
    try (var connection = database.getConnection();
        var query = connection.prepareStatement("select 1 from final_answer limit 0")) {
      query.setQueryTimeout(TIMEOUT_SECONDS);
      return query.execute();
    } catch (SQLException e) {
      return false;
    }
  }
}
