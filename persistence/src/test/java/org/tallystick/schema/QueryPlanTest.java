package org.tallystick.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.tree.TreeStatements;

/** Every query on a table that grows finds an index: with scans switched off none is left. */
class QueryPlanTest {
  static Stream<String> queries() {
    return Stream.of(
        "select * from party where registration = '\\x00'",
        "select * from party where account_identifier = '\\x00'",
        "select * from party where token_hash = '\\x00'",
        "select * from party where state = 'APPLIED' and id > 5 order by id limit 51",
        "select * from party_transition where party_id = 5 order by id",
        "select id from party where (display_name_look_hash = '\\x00' or display_name_folded_hash ="
            + " '\\x00') and (state in ('APPROVED', 'ACTIVE', 'LAPSED', 'SUSPENDED') or (state ="
            + " 'REVIEW' and activated_at is not null))",
        "select id from party where state = 'APPLIED' and registered_at <= now()"
            + " order by registered_at limit 5",
        "select id from party where state = 'ACTIVE' and verification_due_at <= now()"
            + " order by verification_due_at limit 5",
        "select * from party where state in ('ACTIVE', 'LAPSED') and verified_until <= now()"
            + " and (verified_until, id) > (now(), 5) order by verified_until, id limit 51",
        "select * from party where institution_id = 5 and state in ('ACTIVE', 'LAPSED')"
            + " and verified_until <= now() and (verified_until, id) > (now(), 5)"
            + " order by verified_until, id limit 51",
        "select id, contract_version from party where id > 5 and state = 'ACTIVE'"
            + " order by id limit 500",
        "select version from party_agreement where party_id = 5 and agreed_at <= now()"
            + " order by version desc limit 1",
        "select * from approval_proposal where party_id = 5 and ended_at is null",
        "select * from party_identification where party_id = 5 order by edition desc limit 1",
        "select max(approved_at) from party_identification where party_id = 5",
        "select * from party_document where party_id = 5 order by id",
        "select * from party_document where public_id = '\\x00'",
        "select sealed from party_document_content where document_id = 5",
        "select party_id from screening_run where generation < 5 order by generation, party_id"
            + " limit 5",
        "select r.party_id from screening_run r join party p on p.id = r.party_id where"
            + " r.party_id = 5 and r.generation < 5 for no key update of p, r skip locked",
        "select count(*) from screening_run where generation < 5",
        "select * from screening_corpus where generation = 5",
        "delete from screening_corpus where generation < 5",
        "select id from party where id > 5 and mod(id, 3) = 0"
            + " and state in ('APPROVED', 'ACTIVE', 'LAPSED', 'SUSPENDED') order by id limit 500",
        "select * from screening_edition e where e.id = (select max(n.id) from screening_edition n"
            + " where n.list = 'UN') and not exists (select * from screening_retirement r where"
            + " r.edition_id = e.id)",
        "select count(*) from screening_hit where present = true and state = 'OPEN'",
        "select count(*) from screening_hit where party_id = 5 and present = true"
            + " and state <> 'FALSE_POSITIVE'",
        "select * from screening_hit where party_id = 5",
        "select * from screening_hit where public_id = '\\x00'",
        "select * from screening_hit where present = true and state = 'OPEN' and id > 5"
            + " order by id limit 51",
        "select * from screening_hit where present = true and institution_id = 5 and state = 'OPEN'"
            + " and id > 5 order by id limit 51",
        "select * from screening_decision where hit_id = 5 order by id",
        "select * from party where institution_id = 5 and state = 'APPLIED' and id > 5"
            + " order by id limit 51",
        "select * from party where registration = '\\x00' and institution_id = 5",
        "select * from institution where public_id = '\\x00'",
        "select * from institution where id > 5 order by id limit 51",
        "select * from institution_line where institution_id = 5 order by id desc limit 200",
        "select * from partner_client where name = 'x'",
        "select * from partner_client where institution_id = 5 and id > 5 order by id limit 51",
        "select * from kyc_access where party_id = 5 order by id offset 7 limit 51",
        "select * from party_message where party_id = 5 order by id offset 7 limit 51",
        "select * from staff_session where token_hash = '\\x00'",
        "delete from staff_session where expires_at < now()",
        "delete from staff_session where staff_id = 5",
        "select * from ledger_account where party_id = 5 and currency = 'USD'",
        "select * from journal_entry where id = '00000000-0000-0000-0000-000000000000'",
        "select * from journal_entry where transaction_ref = 'x'",
        "select * from posting where entry_id = '00000000-0000-0000-0000-000000000000'",
        "select sum(amount_minor) from posting where account_id = 5",
        "select ctid from posting_unfolded where account_id = 5 limit 10",
        "select account_id from posting_unfolded where account_id > 5 order by account_id limit 1",
        "select account_id from account_balance where account_id = any ('{5,6}') for update",
        "select * from hold where state = 'HELD' and expires_at < now()",
        "select * from instrument where party_id = 5 and shorthand_key = 'x' and not removed",
        "select * from instrument where party_id = 5 and pan_hash = '\\x00' and not removed",
        "select * from instrument where party_id = 5 and preferred and not removed",
        "select * from instrument where party_id = 5 and removed = false order by id",
        "select * from instrument where public_id = '\\x00'",
        "select * from instrument where party_id = 5 and external_hash = '\\x00' and not removed",
        "select * from instrument where ledger_account_id = 5 and party_id = 5",
        "select count(*) from instrument where party_id = 5 and added_at >= now()",
        "select * from instrument where pan_hash = '\\x00' order by id limit 100",
        "select * from instrument where external_hash = '\\x00' order by id limit 100",
        "select id from micro_deposit where instrument_id = 5 order by id desc limit 1",
        "select id from micro_deposit where public_id = '\\x00'",
        "select * from micro_deposit where state = 'ORDERED' and id > 5 order by id limit 51",
        "select count(*) from micro_deposit where party_id = 5 and ordered_at >= now()",
        "select id from micro_deposit where state in ('ORDERED', 'SENT') and expires_at <= now()"
            + " order by expires_at limit 500",
        "select * from delivery_address where party_id = 5 order by id",
        "select * from instrument_search where id < 5 order by id desc limit 51",
        "select * from device where party_id = 5 and activated_at is not null order by id desc"
            + " limit 16",
        TreeStatements.newest(),
        "select wrapped from day_key_proof where day = 5");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void query_onGrowingTable_usesAnIndex(String query) throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set local enable_seqscan = off");
      StringBuilder plan = new StringBuilder();
      try (var lines = statement.executeQuery("explain " + query)) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      assertThat(plan.toString()).contains("Index").doesNotContain("Seq Scan");
    }
  }
}
