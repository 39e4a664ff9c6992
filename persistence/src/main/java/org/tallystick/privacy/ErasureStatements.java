package org.tallystick.privacy;

import java.util.List;

/** The statements that erase a party, in an order that its foreign keys allow. */
final class ErasureStatements {
  private static final String OF_DEVICES = " where device_pk in (select id from device where";
  private static final String NUMBERS =
      "select pan_hash from instrument where party_id = ? and pan_hash is not null"
          + " union select external_hash from instrument where party_id = ?"
          + " and external_hash is not null";

  /** First of all: triggers let go only what belongs to a party whose key is gone. */
  static final String DESTROY_KEY =
      "update party_key set key_sealed = null, destroyed_at = ? where party_id = ?";

  /** The registration's own row: its numbers stay, since codes, receipts and books name them. */
  static final String EMPTY_PARTY =
      "update party set name_sealed = '', email_sealed = null, display_name = null,"
          + " display_name_look_hash = null, display_name_folded_hash = null, place = null,"
          + " token_hash = ?, verified_until = null, verification_due_at = null,"
          + " ended_at = case when state in ('REFUSED', 'CLOSED') then ended_at else ? end,"
          + " state = case when state = 'REFUSED' then state else 'CLOSED' end,"
          + " erased_at = ?, version = version + 1 where id = ?";

  /** What stays without what was personal; each takes the party's number as often as it asks. */
  static final List<String> EMPTY =
      List.of(
          "update instrument_search set number_hash = decode(repeat('00', 32), 'hex'),"
              + " reason = 'erased' where number_hash in ("
              + NUMBERS
              + ")",
          "update party_transition set reason = 'erased' where party_id = ?",
          "update kyc_access set reason = 'erased' where party_id = ? and reason is not null",
          "update device_transition set reason = 'erased'" + OF_DEVICES + " party_id = ?)",
          "update device set footprint_sealed = '', bind_request_sealed = '' where party_id = ?");

  /** What goes. */
  static final List<String> DELETE =
      List.of(
          "delete from erasure_proposal where party_id = ?",
          "delete from opened_export where party_id = ?",
          "delete from party_export where party_id = ?",
          "delete from approval_proposal where party_id = ?",
          "delete from party_message where party_id = ?",
          "delete from party_document_content where document_id in"
              + " (select id from party_document where party_id = ?)",
          "delete from party_document where party_id = ?",
          "delete from party_identification where party_id = ?",
          "delete from screening_decision where hit_id in"
              + " (select id from screening_hit where party_id = ?)",
          "delete from screening_hit where party_id = ?",
          "delete from screening_run where party_id = ?",
          "delete from delivery_address where party_id = ?",
          "delete from micro_deposit where party_id = ?",
          "delete from instrument_spent where instrument_id in"
              + " (select id from instrument where party_id = ?)",
          "delete from instrument where party_id = ?",
          "delete from enrolment where party_id = ?",
          "delete from activation_allowance where party_id = ?",
          "delete from issued_number where party_id = ?",
          "delete from lodged_bill" + OF_DEVICES + " party_id = ?)",
          "delete from request_reply" + OF_DEVICES + " party_id = ?)",
          "delete from level_pin" + OF_DEVICES + " party_id = ?)");

  private static final String ACCOUNTS = "from ledger_account a where a.party_id = ? and ";

  /**
   * A column of the name of each {@link Tie}; the party's number and the time as the parameters
   * ask.
   */
  static final String TIES =
      "select exists (select 1 "
          + ACCOUNTS
          + "coalesce((select posted_minor from account_balance b where b.account_id = a.id), 0)"
          + " + coalesce((select sum(u.amount_minor) from posting_unfolded u"
          + " where u.account_id = a.id), 0) <> 0) as balance,"
          + " exists (select 1 "
          + ACCOUNTS
          + "exists (select 1 from hold h where h.account_id = a.id and h.state = 'HELD')) as hold,"
          + " exists (select 1 from authority where state = 'OPEN' and payer_party = ?"
          + " and (kind = 'HOLD' or (charges_left > 0 and until_at > ?)))"
          + " or exists (select 1 from authority where state = 'OPEN' and payee_party = ?"
          + " and (kind = 'HOLD' or (charges_left > 0 and until_at > ?))) as authority,"
          + " exists (select 1 from device d join lodged_bill l on l.device_pk = d.id"
          + " where d.party_id = ? and l.expires_at > ?)"
          + " or exists (select 1 from issued_number where party_id = ? and used_at is null"
          + " and expires_at > ?) as bill,"
          + " exists (select 1 from device d join half h on h.device_pk = d.id"
          + " where d.party_id = ? and h.state = 'WAITING') as half,"
          + " exists (select 1 from micro_deposit where party_id = ?"
          + " and state in ('ORDERED', 'SENT')) as micro_deposit";

  private ErasureStatements() {}

  /**
   * Parties whose time is over, the longest first: those that were active, and the others. Each
   * takes until when, where the page begins and its size; at last the size once more.
   *
   * @param ofInstitution takes the institution before the size: each has indexes of its own
   */
  static String due(boolean ofInstitution) {
    return "select id, registration, state, ended_at from ("
        + due("activated_at is not null", ofInstitution)
        + " union all "
        + due("activated_at is null", ofInstitution)
        + ") p order by ended_at, id limit ?";
  }

  private static String due(String which, boolean ofInstitution) {
    return "(select id, registration, state, ended_at from party where erased_at is null and "
        + which
        + " and ended_at is not null and ended_at <= ? and (ended_at, id) > (?, ?)"
        + (ofInstitution ? " and institution_id = ?" : "")
        + " order by ended_at, id limit ?)";
  }
}
