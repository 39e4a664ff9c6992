package org.tallystick.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tallystick.node.Server;

/**
 * Every table that has something of a party, found by walking foreign keys from the party on and by
 * the names of columns that stand for them, is told of in exports or left out with a reason.
 */
class ExportTablesTest {
  private static final String WALK =
      """
      with recursive refers as (
        select conrelid::regclass::text collate "C" as child,
          confrelid::regclass::text collate "C" as parent
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
        union
        select table_name::text collate "C", case column_name
            when 'party_id' then 'party' when 'payer_party' then 'party'
            when 'device_pk' then 'device' when 'half_id' then 'half' when 'payer_half' then 'half'
            when 'account_id' then 'ledger_account' when 'entry_id' then 'posting' end collate "C"
        from information_schema.columns where table_schema = 'public' and column_name in
          ('party_id', 'payer_party', 'device_pk', 'half_id', 'payer_half', 'account_id',
           'entry_id')
      ), of_party as (
        select 'party'::text collate "C" as name
        union
        select r.child from refers r join of_party p on p.name = r.parent
      )
      select name from of_party
      """;

  private static Set<String> tables() throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (Connection connection = Server.connection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(WALK)) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  @Test
  void everyTableOfAParty_isToldOf_orLeftOutWithAReason() throws Exception {
    Set<String> known = new TreeSet<>(ExportTables.exported().keySet());
    known.addAll(ExportTables.leftOut().keySet());
    Set<String> forgotten = tables();
    assertThat(forgotten).contains("party", "instrument", "half", "receipt", "party_document");
    forgotten.removeAll(known);
    assertThat(forgotten).isEmpty();
  }

  @Test
  void noTable_isBothToldOfAndLeftOut_andReasonsAreGiven() {
    assertThat(ExportTables.exported().keySet())
        .doesNotContainAnyElementsOf(ExportTables.leftOut().keySet());
    assertThat(ExportTables.leftOut().values()).allMatch(reason -> reason.length() > 10);
  }
}
