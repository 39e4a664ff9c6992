package org.tallystick.privacy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an export tells of each table that has something of a party, and what it leaves out with the
 * reason. A test compares both with the schema, so that no table is forgotten.
 *
 * <p>Names of staff are the staff's own data, and of a transaction only the party's own side is
 * told.
 */
public final class ExportTables {
  private static final String MINE = " where party_id = ?";
  private static final String MY_DEVICES = " in (select id from device where party_id = ?)";

  /** Sections that SQL makes, by name; each takes the party's number once. */
  static final Map<String, Section> SECTIONS = sections();

  private ExportTables() {}

  /** Tables that are told of: by a section of their own, or opened by the export itself. */
  public static Map<String, String> exported() {
    Map<String, String> told = new LinkedHashMap<>();
    SECTIONS.forEach((name, section) -> told.put(section.table(), name));
    told.put("party_identification", "identifications");
    told.put("party_document", "documents");
    told.put("party_document_content", "files");
    told.put("delivery_address", "addresses");
    told.put("account_balance", "accounts");
    told.put("instrument_spent", "instruments");
    return told;
  }

  /** Tables that are left out, with the reason. */
  public static Map<String, String> leftOut() {
    String secret = "keys and states of the protocol: whoever has them could act for the device";
    String mechanics = "a step on the way to what is told of elsewhere; it goes by itself";
    String tipping = "the law forbids to tell whom the bank has looked at for suspicion";
    return Map.ofEntries(
        Map.entry("party_key", "the key of what is told here"),
        Map.entry("device_sequencer", secret),
        Map.entry("device_log_head", "hashes; the device has its log"),
        Map.entry("level_pin", secret),
        Map.entry(
            "log_line", "hashes and salts; the device has its log, and the other side is in it"),
        Map.entry("opened_export", mechanics),
        Map.entry("tree_due", mechanics),
        Map.entry("tree_leaf", "hashes of lines"),
        Map.entry("consumed_code", "hashes of codes, which are told of as transactions"),
        Map.entry("final_answer", "sealed for the device, which has it"),
        Map.entry("progress", mechanics),
        Map.entry("notice", "sealed for the device, which has it"),
        Map.entry("notice_due", mechanics),
        Map.entry("request_reply", "sealed for the device, which has it"),
        Map.entry("device_countersign", "signed by the devices, which have it"),
        Map.entry("lodged_bill", "the device's own bill; it goes by itself"),
        Map.entry("issued_number", mechanics),
        Map.entry("slot", "both sides; the own one is told of as transactions"),
        Map.entry("posting_unfolded", "a copy of movements"),
        Map.entry("journal_entry", "its lines on the own accounts are told of as movements"),
        Map.entry("screening_run", tipping),
        Map.entry("screening_hit", tipping),
        Map.entry("screening_decision", tipping),
        Map.entry("erasure_proposal", "is about the end of what is told here"),
        Map.entry("erasure", "nobody is left to ask"));
  }

  /**
   * Rows that SQL makes into JSON.
   *
   * @param table that they are of
   * @param sql takes the party's number once
   */
  record Section(String table, String sql) {}

  private static void put(Map<String, Section> all, String table, String name, String sql) {
    all.put(name, new Section(table, sql));
  }

  private static Map<String, Section> sections() {
    Map<String, Section> all = new LinkedHashMap<>();
    put(
        all,
        "party",
        "registration",
        "select encode(registration, 'hex') as registration, kind, role, state, display_name,"
            + " place, encode(account_identifier, 'hex') as account_identifier,"
            + " encode(contract_id, 'hex') as contract_id, contract_version, registered_at,"
            + " activated_at, verified_until, ended_at, registered_by from party where id = ?");
    put(
        all,
        "party_transition",
        "transitions",
        "select from_state, to_state, reason, at from party_transition" + MINE + " order by id");
    put(
        all,
        "approval_proposal",
        "proposals",
        "select reason, at, ended_at from approval_proposal" + MINE + " order by id");
    put(
        all,
        "party_message",
        "messages",
        "select kind, parameters, at from party_message" + MINE + " order by id");
    put(
        all,
        "kyc_access",
        "accesses",
        "select what, party_state, at from kyc_access" + MINE + " order by id");
    put(
        all,
        "party_export",
        "exports",
        "select encode(sha256, 'hex') as sha256, size_bytes, at from party_export"
            + MINE
            + " order by id");
    put(
        all,
        "party_agreement",
        "agreements",
        "select version, encode(text_hash, 'hex') as text_hash, agreed_at from party_agreement"
            + MINE
            + " order by version");
    put(
        all,
        "instrument",
        "instruments",
        "select encode(public_id, 'hex') as instrument, kind, shorthand, verification, verified_at,"
            + " preferred, removed, added_at, removed_at, bin, last_four, expiry, external_form,"
            + " external_country, external_currency, external_last_four, limit_currency,"
            + " limit_each_minor, limit_day_minor, (select spent_minor from instrument_spent s"
            + " where s.instrument_id = instrument.id) as spent_minor from instrument"
            + MINE
            + " order by id");
    put(
        all,
        "micro_deposit",
        "microDeposits",
        "select currency, state, tries, ordered_at, sent_at, ended_at from micro_deposit"
            + MINE
            + " order by id");
    put(
        all,
        "ledger_account",
        "accounts",
        "select id as account, kind, currency, state, opened_at, (select held_minor from"
            + " account_balance b where b.account_id = ledger_account.id) as held_minor"
            + " from ledger_account"
            + MINE
            + " order by id");
    put(
        all,
        "posting",
        "movements",
        "select account_id as account, amount_minor, currency, (select j.kind from journal_entry j"
            + " where j.id = entry_id) as kind, (select j.booked_at from journal_entry j where"
            + " j.id = entry_id) as booked_at from posting"
            + " where account_id in (select id from ledger_account where party_id = ?)");
    put(
        all,
        "hold",
        "holds",
        "select amount_minor, currency, state, placed_at, expires_at from hold"
            + " where account_id in (select id from ledger_account where party_id = ?)");
    put(
        all,
        "device",
        "devices",
        "select encode(device_id, 'hex') as device, state, role, created_at, activated_at,"
            + " suspended_at, suspended_reason from device"
            + MINE
            + " order by id");
    put(
        all,
        "device_transition",
        "deviceTransitions",
        "select from_state, to_state, reason, at from device_transition where device_pk"
            + MY_DEVICES
            + " order by id");
    put(
        all,
        "enrolment",
        "enrolments",
        "select state, issued_at, expires_at, ended_at from enrolment" + MINE);
    put(
        all,
        "activation_allowance",
        "activationAllowances",
        "select granted_at, expires_at, used_at from activation_allowance" + MINE);
    put(
        all,
        "half",
        "transactions",
        "select number, role, purpose, amount_minor, currency, state, refusal, received_at from"
            + " half where device_pk"
            + MY_DEVICES
            + " order by id");
    put(
        all,
        "receipt",
        "receipts",
        "select receipt_number, number, issued_at, encode(sign1, 'base64') as receipt from receipt"
            + " where half_id in (select id from half where device_pk"
            + MY_DEVICES
            + ")");
    put(
        all,
        "authority",
        "authorities",
        "select kind, state, case when payer_party = me then 'PAYER' else 'PAYEE' end as side,"
            + " limit_minor, currency, charges_left, until_at, moved_at from authority cross join"
            + " (select ?::bigint as me) own where payer_party = me or payee_party = me");
    return all;
  }
}
