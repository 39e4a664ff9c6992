package org.tallystick.stage;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.tallystick.node.ServerResources;

/** Tells a database that is away, or has not its form yet, from a message that is bad. */
@ApplicationScoped
public class DatabaseProbe {
  private static final int TIMEOUT_SECONDS = 2;

  @EJB ServerResources resources;

  /** Whether the database answers now and has the newest table. */
  public boolean answers() {
    try (var connection = resources.database().getConnection();
        var query = connection.prepareStatement("select 1 from final_answer limit 0")) {
      query.setQueryTimeout(TIMEOUT_SECONDS);
      return query.execute();
    } catch (SQLException e) {
      return false;
    }
  }
}
