package org.tallystick.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.answer.AnswerStatements;
import org.tallystick.authority.AuthorityStatements;
import org.tallystick.code.CodeStatements;
import org.tallystick.device.DeviceStatements;
import org.tallystick.evidence.EvidenceStatements;
import org.tallystick.ledger.AccountBook;
import org.tallystick.log.LogStatements;
import org.tallystick.notice.NoticeStatements;
import org.tallystick.pairing.PairingStatements;
import org.tallystick.partner.PartnerStatements;
import org.tallystick.receipt.ReceiptStatements;
import org.tallystick.request.RequestStatements;
import org.tallystick.schema.Database;
import org.tallystick.tree.TreeStatements;
import org.tallystick.wallet.WalletStatements;
import org.tallystick.webhook.WebhookStatements;

/**
 * The hot path's statements over tables with many rows: the planner, left alone, takes the index
 * that is meant for each.
 */
class TransactionPlanTest {
  private static final int ROWS = 20_000;

  @BeforeAll
  static void fill() throws Exception {
    try (Connection connection = Database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into slot (consortium, number, bill_hash, state, payer_half, payee_half,
            failed_payer_halves, outcome, opened_at, expires_at, due_at)
          select 'PL', lpad(i::text, 16, '0'), sha256(int4send(i)),
            case when i %% 100 = 0 then 'OPEN' when i %% 100 = 1 then 'PAIRED' else 'DECIDED' end,
            2 * i, 2 * i + 1, 0, case when i %% 100 > 1 then 1 end, now(),
            now() + interval '1 day', now() + interval '1 day'
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      statement.execute(
          """
          insert into half (id, device_pk, epoch, n, consortium, number, account, code_hash,
            reply_root_wrapped, received_at, state, refusal, due_at)
          select -i, i %% 500, 0, i, 'PL', lpad(i::text, 16, '0'), 'x', sha256(int4send(i)),
            case when i %% 50 < 2 then '\\x00'::bytea end, now(),
            case i %% 50 when 0 then 'WAITING' when 1 then 'REFUSED' else 'ANSWERED' end,
            'LATE', now() + interval '1 day'
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      statement.execute(
          """
          insert into consumed_code (device_pk, epoch, n, code_hash, prev, number)
          select -1 - i %% 500, 0, i, sha256('c' || int4send(i)), substr(sha256(''), 1, 16), 'x'
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      statement.execute(
          """
          insert into final_answer (device_pk, epoch, n, pickup, sealed, made_at)
          select -1 - i %% 500, 0, i, substr(sha256(int4send(i)), 1, 16), '\\x00', now()
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      statement.execute(
          """
          insert into notice (device_pk, epoch, k, pickup, sealed, made_at)
          select -1 - i %% 500, 0, i, substr(sha256('n' || int4send(i)), 1, 16), '\\x00', now()
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      statement.execute(
          """
          insert into log_line (device_pk, log_index, column1, column2, column3, salt, details,
            half_id)
          select -1 - i %% 20, i, sha256(''), sha256(''), '\\x00', substr(sha256(''), 1, 16),
            '\\x00', -i
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      tree(statement);
      devices(statement);
      parties(statement);
      authorities(connection, statement);
      spending(connection, statement);
      statement.execute("analyze");
    }
  }

  private static void tree(Statement statement) throws Exception {
    statement.execute(
        """
        insert into tree_leaf (position, device_pk, log_index, hash)
        select i, -1 - i %% 20, i, sha256('l' || int4send(i)) from generate_series(1, %d) i
        """
            .formatted(ROWS));
    statement.execute(
        """
        insert into tree_node (level, place, hash)
        select 1 + i %% 14, i, sha256('n' || int4send(i)) from generate_series(1, %d) i
        """
            .formatted(ROWS));
  }

  /** Of two hundred institutions, with their programs. */
  private static void parties(Statement statement) throws Exception {
    statement.execute(
        """
        insert into institution (id, public_id, state, name, name_look_hash, name_folded_hash,
          text_colour, background_colour, terms, terms_hash, created_at, version)
        select -i, substr(sha256(int4send(i)), 1, 16), 'ACTIVE', 'x', sha256(int4send(i)),
          sha256(int4send(i)), '#000000', '#ffffff', 'x', sha256(''), now(), 0
        from generate_series(1, 200) i
        """);
    statement.execute(
        """
        insert into party (id, registration, kind, role, state, name_sealed, token_hash,
          account_identifier, contract_id, account_binding_sealed, contract_version,
          contract_hash, registered_at, version, institution_id)
        select -i, substr(sha256('r' || int4send(i)), 1, 16), 'PERSON', 'USER', 'ACTIVE', 'x',
          sha256('t' || int4send(i)), substr(sha256('a' || int4send(i)), 1, 16),
          substr(sha256('c' || int4send(i)), 1, 16), 'x', 1, sha256('x'), now(), 0, -1 - i %% 200
        from generate_series(1, %d) i
        """
            .formatted(ROWS));
    statement.execute(
        """
        insert into partner_client (id, name, institution_id, state, registered_at, version)
        select -i, 'client-' || i, -1 - i % 200, 'ACTIVE', now(), 1
        from generate_series(1, 2000) i
        """);
    statement.execute(
        """
        insert into partner_key (client_id, kid, algorithm, public_key)
        select -1 - i % 2000, 'key-' || i / 2000, 'ES256', sha256('') from generate_series(1, 8000) i
        """);
    statement.execute(
        "insert into partner_scope select -i, 'REGISTRATIONS' from generate_series(1, 2000) i");
    statement.execute(
        """
        insert into partner_token (token_hash, client_id, scopes, issued_at, expires_at)
        select sha256(int4send(i)), -1 - i %% 2000, '', now(), now() + i * interval '1 second'
        from generate_series(1, %d) i
        """
            .formatted(ROWS));
  }

  /** Replies and bills refer to devices. */
  private static void devices(Statement statement) throws Exception {
    statement.execute(
        """
        insert into device (id, device_id, public_key, party_id, account_identifier, contract_id,
          role, profile, state, binding_record, bind_request_sealed, footprint_sealed, wrong_pins,
          created_at, version)
        select -i, substr(sha256(int4send(i)), 1, 16), sha256(int4send(i)) || '\\x00', %d,
          substr(sha256(''), 1, 16), substr(sha256(''), 1, 16), 'PROVIDER', 2, 'PENDING', '', '',
          '', 0, now(), 0
        from generate_series(1, 500) i
        """
            .formatted(Database.party()));
    statement.execute(
        """
        insert into request_reply (device_pk, text_hash, kind, reply, expires_at)
        select -1 - i %% 500, sha256(int4send(i)), 4, '\\x00', now() + i * interval '1 minute'
        from generate_series(1, %d) i
        """
            .formatted(ROWS));
    statement.execute(
        """
        insert into level_pin (device_pk, level, verifier_wrapped, set_at)
        select -1 - i / 7, 1 + i % 7, '\\x00', now() from generate_series(0, 3499) i
        """);
    statement.execute(
        """
        insert into lodged_bill (number, device_pk, bill, expires_at)
        select lpad(i::text, 16, '0'), -1 - i %% 500, '\\x00', now() + i * interval '1 second'
        from generate_series(1, %d) i
        """
            .formatted(ROWS));
  }

  private static void authorities(Connection connection, Statement statement) throws Exception {
    long account =
        new AccountBook(connection, Clock.systemUTC()).openDeposit(Database.party(), "USD");
    statement.execute(
        """
        insert into authority (slot_id, kind, state, payer_party, payer_device, payee_party,
          payee_code_hash, debit_account, limit_minor, currency, charges_left, interval_millis,
          until_at, moved_at)
        select id, 'HOLD', case when id %% 100 = 0 then 'OPEN' else 'COMPLETED' end, 1, 1, 2,
          sha256(''), %d, 100, 'USD', 0, 0, now() + id * interval '1 second', now()
        from slot where consortium = 'PL'
        """
            .formatted(account));
    statement.execute(
        """
        insert into progress (device_pk, epoch, n, i, pickup, sealed, made_at)
        select -1 - i %% 500, 0, i, 1, substr(sha256('p' || int4send(i)), 1, 16), '\\x00', now()
        from generate_series(1, %d) i
        """
            .formatted(ROWS));
    statement.execute(
        "update lodged_bill set offer_id = substr(sha256(number::bytea), 1, 10)"
            + " where expires_at > now() + interval '1 hour'");
  }

  /** Instruments of one party that all have spent, and an account with a long history. */
  private static void spending(Connection connection, Statement statement) throws Exception {
    long party = Database.party();
    AccountBook accounts = new AccountBook(connection, Clock.systemUTC());
    long account = accounts.openDeposit(party, "EUR");
    statement.execute(
        """
        insert into instrument (id, public_id, party_id, kind, shorthand, shorthand_key,
          ledger_account_id, preferred, removed, added_at, version, verification, place)
        select -i, substr(sha256('i' || int4send(i)), 1, 16), %d, 'ACCOUNT', i::text, i::text, %d,
          false, true, now(), 0, 'VERIFIED', i
        from generate_series(1, %d) i
        """
            .formatted(party, account, ROWS));
    statement.execute(
        "insert into instrument_spent (instrument_id, day, spent_minor)"
            + " select id, current_date, 5 from instrument where id < 0");
    connection.setAutoCommit(false);
    statement.execute(
        """
        insert into ledger_account (kind, normal_side, currency, party_id, state, opened_at)
        select 'DEPOSIT', 'CREDIT', 'X' || chr(65 + i / 26) || chr(65 + i %% 26), %d, 'OPEN', now()
        from generate_series(0, 199) i
        """
            .formatted(party));
    statement.execute(
        """
        insert into journal_entry (id, kind, transaction_ref, booked_at)
        select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'PAYMENT', 'x', now()
        from generate_series(1, %d) i
        """
            .formatted(ROWS));
    statement.execute(
        """
        insert into posting (entry_id, line, account_id, amount_minor, currency)
        select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, l, a.id,
          case l when 1 then 5 else -5 end, a.currency
        from generate_series(1, %d) i
        join (select id, currency, row_number() over (order by id) - 1 as n from ledger_account
              where party_id = %d and currency like 'X%%') a on a.n = i %% 200
        cross join generate_series(1, 2) l
        """
            .formatted(ROWS, party));
    statement.execute(
        """
        insert into hold (id, account_id, amount_minor, currency, transaction_ref, state,
          placed_at, expires_at)
        select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, a.id, 5, a.currency,
          'x', 'HELD', now(), now()
        from generate_series(1, %d) i
        join (select id, currency, row_number() over (order by id) - 1 as n from ledger_account
              where party_id = %d and currency like 'X%%') a on a.n = i %% 200
        """
            .formatted(ROWS, party));
    connection.commit();
    connection.setAutoCommit(true);
  }

  static String statement(String name) {
    return switch (name) {
      case "paired" -> SweepRows.PAIRED;
      case "unanswered alone" -> SweepRows.UNANSWERED;
      case "expired" -> SweepRows.EXPIRED;
      case "consumed by hash" -> CodeStatements.consumedByHash();
      case "consumed by number" -> CodeStatements.consumedByNumber();
      case "batch facts" -> CodeStatements.batchFacts();
      case "unanswered" -> CodeStatements.lockUnanswered();
      case "slot by key" -> PairingStatements.lockByKey();
      case "answer by pickup" -> AnswerStatements.byPickup();
      case "answer by code" -> AnswerStatements.byCode();
      case "answered" -> AnswerStatements.answered();
      case "log page" -> LogStatements.page();
      case "receipt" -> ReceiptStatements.byNumber();
      case "reply" -> RequestStatements.find();
      case "reply of rekey" -> RequestStatements.forgetRekey();
      case "replies over" -> RequestStatements.expire();
      case "bill" -> RequestStatements.findBill();
      case "bill of offer" -> RequestStatements.findBillOfOffer();
      case "bills of device" -> RequestStatements.countBills();
      case "free bills" -> RequestStatements.freeBills();
      case "authority of purchase" -> AuthorityStatements.find();
      case "authority to end" -> AuthorityStatements.lockByKey();
      case "authorities to use" -> AuthorityStatements.lock();
      case "holds over" -> AuthorityStatements.lockOverdue();
      case "spent" -> WalletStatements.spent();
      case "spent of account" -> WalletStatements.spentOfAccount();
      case "progress over" -> AnswerStatements.forgetProgress();
      case "open numbers" -> RequestStatements.openNumbers();
      case "bills over" -> RequestStatements.expireBills();
      case "numbers over" -> RequestStatements.expireNumbers();
      case "use numbers" -> CodeStatements.useNumbers();
      case "remove level PIN" -> DeviceStatements.removeLevelPin();
      case "notices due" -> NoticeStatements.take();
      case "lines due" -> TreeStatements.take();
      case "subtrees" -> TreeStatements.read();
      case "leaf" -> TreeStatements.position();
      case "slots of number" -> EvidenceStatements.slots();
      case "halves of number" -> EvidenceStatements.halves();
      case "slots of institution" -> EvidenceStatements.slotsOfInstitution();
      case "halves of institution" -> EvidenceStatements.halvesOfInstitution();
      case "sides of institution" -> EvidenceStatements.sidesOfInstitution();
      case "receipt of institution" -> ReceiptStatements.ofInstitution();
      case "parties of institution" ->
          "select * from party where institution_id = ? and state = ? and erased_at is null and id"
              + " > ? order by id limit 51";
      case "client of key" -> PartnerStatements.prover();
      case "client of token" -> PartnerStatements.byToken();
      case "tokens of client" -> PartnerStatements.tokensOfClient();
      case "tokens over" -> PartnerStatements.expiredTokens();
      case "assertions over" -> PartnerStatements.expiredAssertions();
      case "webhooks of institution" -> WebhookStatements.ofInstitution();
      case "former secrets" -> WebhookStatements.forgetFormer();
      case "webhooks to tell" -> WebhookStatements.tell();
      case "deliveries due" -> WebhookStatements.claim();
      case "deliveries of webhook" -> WebhookStatements.page();
      case "deliveries over" -> WebhookStatements.expire();
      default -> EvidenceStatements.sides();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "paired, slot_due",
    "unanswered alone, half_due",
    "expired, slot_expiring",
    "consumed by hash, consumed_code_by_hash",
    "consumed by number, consumed_code_pkey",
    "batch facts, half_waiting",
    "batch facts, log_line_pkey",
    "batch facts, level_pin_pkey",
    "remove level PIN, level_pin_pkey",
    "reply, request_reply_pkey",
    "reply of rekey, request_reply_pkey",
    "replies over, request_reply_by_expiry",
    "bill, lodged_bill_pkey",
    "unanswered, half_pkey",
    "slot by key, slot_by_number",
    "answer by pickup, final_answer_by_pickup",
    "answer by pickup, notice_by_pickup",
    "answer by pickup, progress_by_pickup",
    "progress over, progress_pkey",
    "bill of offer, lodged_bill_by_offer",
    "bills of device, lodged_bill_of_device",
    "free bills, lodged_bill_pkey",
    "free bills, lodged_bill_by_offer",
    "authority of purchase, slot_by_number",
    "authority of purchase, authority_pkey",
    "authority to end, slot_by_number",
    "authority to end, authority_pkey",
    "authorities to use, authority_pkey",
    "holds over, authority_holding",
    "spent, instrument_spent_pkey",
    "spent of account, posting_by_account",
    "spent of account, journal_entry_pkey",
    "spent of account, hold_by_account",
    "answer by code, final_answer_pkey",
    "answered, final_answer_pkey",
    "log page, log_line_pkey",
    "lines due, tree_due_pkey",
    "lines due, log_line_pkey",
    "subtrees, tree_leaf_pkey",
    "subtrees, tree_node_pkey",
    "leaf, tree_leaf_by_hash",
    "slots of number, slot_by_number",
    "halves of number, half_by_number",
    "slots of institution, slot_by_number",
    "slots of institution, half_pkey",
    "halves of institution, half_by_number",
    "sides of institution, slot_by_number",
    "receipt of institution, half_pkey",
    "parties of institution, party_by_institution",
    "client of key, partner_client_name_key",
    "client of key, partner_key_pkey",
    "client of token, partner_token_pkey",
    "tokens of client, partner_token_by_client",
    "tokens over, partner_token_by_expiry",
    "sides, slot_by_number"
  })
  void statement_takesItsIndex(String name, String index) throws Exception {
    assertThat(plan(statement(name), true))
        .contains(index)
        .doesNotContain("Seq Scan on half")
        .doesNotContain("Seq Scan on slot")
        .doesNotContain("Seq Scan on consumed_code")
        .doesNotContain("Seq Scan on final_answer")
        .doesNotContain("Seq Scan on notice")
        .doesNotContain("Seq Scan on authority")
        .doesNotContain("Seq Scan on progress")
        .doesNotContain("Seq Scan on log_line")
        .doesNotContain("Seq Scan on tree_")
        .doesNotContain("Seq Scan on level_pin")
        .doesNotContain("Seq Scan on party ")
        .doesNotContain("Seq Scan on partner_")
        .doesNotContain("Seq Scan on lodged_bill")
        .doesNotContain("Seq Scan on request_reply")
        .doesNotContain("Seq Scan on instrument_spent")
        .doesNotContain("Seq Scan on posting")
        .doesNotContain("Seq Scan on journal_entry")
        .doesNotContain("Seq Scan on hold");
  }

  @ParameterizedTest
  @CsvSource({
    "receipt, receipt_pkey",
    "bills over, lodged_bill_by_expiry",
    "open numbers, issued_number_open",
    "numbers over, issued_number_by_expiry",
    "use numbers, issued_number_pkey",
    "assertions over, partner_assertion_by_expiry",
    "batch facts, issued_number_pkey",
    "notices due, notice_due_in_order",
    "webhooks of institution, webhook_by_institution",
    "former secrets, webhook_by_former",
    "webhooks to tell, webhook_by_institution",
    "deliveries due, webhook_delivery_due",
    "deliveries of webhook, webhook_delivery_by_webhook",
    "deliveries over, webhook_delivery_by_age"
  })
  void statementOnAnEmptyTable_findsItsIndex(String name, String index) throws Exception {
    assertThat(plan(statement(name), false)).contains(index);
  }

  /** The plan for values that the planner does not know. */
  private static String plan(String sql, boolean scans) throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set local enable_seqscan = " + scans);
      statement.execute("set local plan_cache_mode = force_generic_plan");
      statement.execute("prepare statement_of_plan as " + numbered(sql));
      String unknown = String.join(", ", Collections.nCopies(parameters(sql), "null"));
      StringBuilder plan = new StringBuilder();
      try (var lines =
          statement.executeQuery("explain execute statement_of_plan (" + unknown + ")")) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      } finally {
        statement.execute("deallocate statement_of_plan");
      }
      return plan.toString();
    }
  }

  private static int parameters(String sql) {
    return (int) sql.chars().filter(c -> c == '?').count();
  }

  /** Question marks become $1, $2 and so on, which is how a generic plan names its parameters. */
  private static String numbered(String sql) {
    StringBuilder numbered = new StringBuilder();
    int count = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      numbered.append(c == '?' ? "$" + ++count : String.valueOf(c));
    }
    return numbered.toString();
  }
}
