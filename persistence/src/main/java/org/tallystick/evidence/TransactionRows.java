package org.tallystick.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.log.LogLine;

/** Reads what an auditor may see of transactions. */
public final class TransactionRows {
  static final String SLOTS =
      "select consortium, bill_hash, state, outcome, reason, opened_at, expires_at from slot"
          + " where number = ? order by id";

  private static final String AGREED =
      " left join lateral (select version, text_hash, agreed_at from party_agreement"
          + " where party_id = d.party_id and agreed_at <= h.received_at"
          + " order by version desc limit 1) a on true";

  static final String HALVES =
      "select h.role, h.purpose, h.bill_hash, h.amount_minor, h.currency, h.state, h.refusal,"
          + " h.received_at, h.code_hash, r.receipt_number, s.outcome, s.reason,"
          + " a.version, a.text_hash, a.agreed_at"
          + " from half h left join receipt r on r.half_id = h.id"
          + " left join slot s on s.id = h.slot_id join device d on d.id = h.device_pk"
          + AGREED
          + " where h.number = ? order by h.id";

  static final String PARTY_OF_HALF =
      " join device d on d.id = h.device_pk join party p on p.id = d.party_id";

  static final String FOREIGN_HALF =
      "exists (select 1 from half h"
          + PARTY_OF_HALF
          + " where h.id in (s.payer_half, s.payee_half) and p.institution_id is distinct from ?)";

  static final String SLOTS_OF_INSTITUTION =
      "select s.consortium, s.bill_hash, s.state, s.outcome, case when not "
          + FOREIGN_HALF
          + " then s.reason end, s.opened_at, s.expires_at from slot s where s.number = ?"
          + " and exists (select 1 from half h"
          + PARTY_OF_HALF
          + " where h.id in (s.payer_half, s.payee_half) and p.institution_id = ?) order by s.id";

  static final String HALVES_OF_INSTITUTION =
      "select h.role, h.purpose, h.bill_hash, h.amount_minor, h.currency, h.state, h.refusal,"
          + " h.received_at, h.code_hash, r.receipt_number, s.outcome, case when not "
          + FOREIGN_HALF
          + " then s.reason end, a.version, a.text_hash, a.agreed_at from half h"
          + PARTY_OF_HALF
          + " left join receipt r on r.half_id = h.id left join slot s on s.id = h.slot_id"
          + AGREED
          + " where h.number = ? and p.institution_id = ? order by h.id";

  /** The version that was in force when the half was on disk, if its party had agreed to it. */
  private static final String AGREED_UNDER =
      " left join lateral (select pa.version, pa.text_hash, pa.sign1,"
          + " case when b.id <> d.id then b.binding_record end as bound"
          + " from party_agreement pa join agreement t on t.version = pa.version"
          + " join device b on b.id = pa.device_pk where pa.party_id = d.party_id"
          + " and pa.agreed_at <= h.received_at and t.effective_at <= h.received_at"
          + " order by pa.version desc limit 1) a on true";

  private static final String DECIDED_SIDES =
      "select h.sign1, h.account, h.code_hash, h.consortium, r.sign1 as receipt,"
          + " r.second_sign1,"
          + " r.counterparty_salt, l.log_index, l.column1, l.column2, l.column3, l.salt, l.details,"
          + " d.binding_record, a.version, a.text_hash, a.sign1 as agreed, a.bound"
          + " from slot s join half h on h.id in (s.payer_half, s.payee_half)"
          + " join receipt r on r.half_id = h.id join log_line l on l.half_id = h.id"
          + " join device d on d.id = h.device_pk"
          + AGREED_UNDER
          + " where s.number = ? and s.state = 'DECIDED'";

  private static final String PAYER_FIRST = " order by s.id, h.role";

  static final String SIDES = DECIDED_SIDES + PAYER_FIRST;

  static final String SIDES_OF_INSTITUTION =
      DECIDED_SIDES + " and not " + FOREIGN_HALF + PAYER_FIRST;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public TransactionRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A slot.
   *
   * @param consortium two letters
   * @param billHash 32 bytes
   * @param state where it stands
   * @param outcome number on the wire, once it ended
   * @param reason exact, once it ended
   * @param openedAt when its first half came
   * @param expiresAt until when the twin might come
   */
  public record SlotLine(
      String consortium,
      byte[] billHash,
      String state,
      @Nullable Integer outcome,
      @Nullable String reason,
      OffsetDateTime openedAt,
      OffsetDateTime expiresAt) {}

  /**
   * A half.
   *
   * @param role number on the wire; null where it could not be read
   * @param purpose number on the wire
   * @param billHash 32 bytes
   * @param amountMinor minor units
   * @param currency ISO 4217
   * @param state where it stands
   * @param refusal exact reason where it ended alone
   * @param receivedAt bank clock when the code was on disk
   * @param codeHash 32 bytes
   * @param receiptNumber text, where it has one
   * @param slotOutcome outcome of the slot it is in
   * @param slotReason exact reason of the slot it is in
   * @param agreed what its party had agreed to by then
   */
  public record HalfLine(
      @Nullable Integer role,
      @Nullable Integer purpose,
      byte @Nullable [] billHash,
      @Nullable Long amountMinor,
      @Nullable String currency,
      String state,
      @Nullable String refusal,
      OffsetDateTime receivedAt,
      byte[] codeHash,
      @Nullable String receiptNumber,
      @Nullable Integer slotOutcome,
      @Nullable String slotReason,
      @Nullable Agreed agreed) {}

  /**
   * A version of the agreement that a party has agreed to.
   *
   * @param version from 1
   * @param hash SHA-256 of its text
   * @param at bank clock
   */
  public record Agreed(int version, byte[] hash, OffsetDateTime at) {}

  /** The slots under a number. */
  public List<SlotLine> slots(String number) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SLOTS)) {
      query.setString(1, number);
      return slots(query);
    }
  }

  /**
   * The slots under a number in which an institution's parties have a half, without the reason
   * where the other half is a stranger's.
   */
  public List<SlotLine> slots(String number, long institution) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SLOTS_OF_INSTITUTION)) {
      query.setLong(1, institution);
      query.setString(2, number);
      query.setLong(3, institution);
      return slots(query);
    }
  }

  private static List<SlotLine> slots(PreparedStatement query) throws SQLException {
    List<SlotLine> slots = new ArrayList<>();
    try (ResultSet found = query.executeQuery()) {
      while (found.next()) {
        slots.add(
            new SlotLine(
                found.getString(1),
                found.getBytes(2),
                found.getString(3),
                found.getObject(4, Integer.class),
                found.getString(5),
                found.getObject(6, OffsetDateTime.class),
                found.getObject(7, OffsetDateTime.class)));
      }
    }
    return slots;
  }

  /** All halves under a number, also those that ended alone. */
  public List<HalfLine> halves(String number) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HALVES)) {
      query.setString(1, number);
      return halves(query);
    }
  }

  /**
   * The halves under a number that an institution's parties made, without the slot's reason where
   * the other half is a stranger's.
   */
  public List<HalfLine> halves(String number, long institution) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HALVES_OF_INSTITUTION)) {
      query.setLong(1, institution);
      query.setString(2, number);
      query.setLong(3, institution);
      return halves(query);
    }
  }

  private static List<HalfLine> halves(PreparedStatement query) throws SQLException {
    List<HalfLine> halves = new ArrayList<>();
    try (ResultSet found = query.executeQuery()) {
      while (found.next()) {
        halves.add(
            new HalfLine(
                found.getObject(1, Integer.class),
                found.getObject(2, Integer.class),
                found.getBytes(3),
                found.getObject(4, Long.class),
                found.getString(5),
                found.getString(6),
                found.getString(7),
                found.getObject(8, OffsetDateTime.class),
                found.getBytes(9),
                found.getString(10),
                found.getObject(11, Integer.class),
                found.getString(12),
                agreed(found)));
      }
    }
    return halves;
  }

  private static @Nullable Agreed agreed(ResultSet half) throws SQLException {
    byte @Nullable [] hash = half.getBytes(14);
    return hash == null
        ? null
        : new Agreed(half.getInt(13), hash, half.getObject(15, OffsetDateTime.class));
  }

  /** Both sides of the decided slots under a number, payer first; empty where none is decided. */
  public List<EvidenceSide> sides(String number) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SIDES)) {
      query.setString(1, number);
      return sides(query);
    }
  }

  /** As the other, of slots in which both halves are of an institution's parties. */
  public List<EvidenceSide> sides(String number, long institution) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SIDES_OF_INSTITUTION)) {
      query.setString(1, number);
      query.setLong(2, institution);
      return sides(query);
    }
  }

  private static List<EvidenceSide> sides(PreparedStatement query) throws SQLException {
    List<EvidenceSide> sides = new ArrayList<>();
    try (ResultSet found = query.executeQuery()) {
      while (found.next()) {
        sides.add(side(found));
      }
    }
    return sides;
  }

  /** Counts by table and state, as "slot DECIDED"; reads both tables whole. */
  public Map<String, Long> counts() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select 'slot ' || state, count(*) from slot group by state"
                    + " union all select 'half ' || state, count(*) from half group by state");
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        counts.put(found.getString(1), found.getLong(2));
      }
    }
    return counts;
  }

  private static EvidenceSide side(ResultSet found) throws SQLException {
    LogLine line =
        new LogLine(
            found.getLong("log_index"),
            found.getBytes("column1"),
            found.getBytes("column2"),
            found.getBytes("column3"));
    EvidenceSide side =
        new EvidenceSide(
            found.getBytes("receipt"),
            found.getBytes("sign1"),
            found.getString("account"),
            found.getBytes("code_hash"),
            found.getBytes("binding_record"),
            line,
            found.getBytes("salt"),
            found.getBytes("details"),
            found.getBytes("counterparty_salt"),
            found.getBytes("second_sign1"));
    return side.under(agreement(found));
  }

  private static @Nullable AgreedUnder agreement(ResultSet side) throws SQLException {
    byte @Nullable [] hash = side.getBytes("text_hash");
    return hash == null
        ? null
        : new AgreedUnder(
            side.getLong("version"), hash, side.getBytes("agreed"), side.getBytes("bound"));
  }
}
