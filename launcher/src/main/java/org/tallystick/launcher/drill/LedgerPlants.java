package org.tallystick.launcher.drill;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tallystick.launcher.LaunchException;

/**
 * Damages the books behind the server's back, as the database's owner could, to show that a drill
 * reads them and does not take the server's word.
 */
final class LedgerPlants {
  private static final String UNGUARD = "set session_replication_role = replica; ";

  private LedgerPlants() {}

  static void plant(Drill.Run run, Floor floor) {
    if (run.plants("unbalanced")) {
      execute(floor, UNGUARD + "update posting set amount_minor = amount_minor + 1 where line = 1");
    } else if (run.plants("moved-twice")) {
      execute(
          floor,
          UNGUARD
              + "with once as (select * from journal_entry order by booked_at desc limit 1),"
              + " again as (insert into journal_entry (id, kind, transaction_ref, booked_at)"
              + " select gen_random_uuid(), kind, transaction_ref, booked_at from once returning id)"
              + " insert into posting (entry_id, line, account_id, amount_minor, currency)"
              + " select again.id, p.line, p.account_id, p.amount_minor, p.currency"
              + " from posting p join once on p.entry_id = once.id cross join again");
    } else if (run.plants("outcome-changed")) {
      execute(floor, UNGUARD + "update slot set outcome = 2 where id = (select max(id) from slot)");
    }
  }

  private static void execute(Floor floor, String sql) {
    try (Connection connection =
            floor
                .bank()
                .postgres()
                .orElseThrow(() -> new LaunchException("plants need the drill's own database"))
                .connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new LaunchException("could not plant: " + e.getMessage(), e);
    }
  }
}
