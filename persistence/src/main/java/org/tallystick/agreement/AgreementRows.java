package org.tallystick.agreement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.NoticeSubject;

/** What parties have agreed to, and the rounds that tell them of what they have not. */
public final class AgreementRows {
  /** The round that has most to do, and nobody else is at. */
  static final String NEXT =
      """
      select r.version, a.text_hash, a.effective_at, r.told_at is null,
        case when r.told_at is null then r.told_to else r.reminded_to end
      from agreement_round r join agreement a on a.version = r.version
      where r.told_at is null or (r.reminded_at is null and a.effective_at <= ?)
      order by r.version limit 1 for update of r skip locked
      """;

  /** A bounded stretch of active parties; those that have not agreed and have a device are told. */
  static final String TELL =
      """
      with stretch as (
        select id, contract_version from party where id > ? and state = 'ACTIVE' order by id limit ?),
      told as (
        insert into notice_due (id, party_id, kind, subject, made_at)
        select nextval('notice_due_seq'), s.id, ?, ?, ? from stretch s
        where s.contract_version < ?
          and exists (select 1 from device d where d.party_id = s.id and d.state = 'ACTIVE'))
      select max(id), count(*) from stretch
      """;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public AgreementRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * That a party has agreed.
   *
   * @param party its number
   * @param version of the agreement
   * @param hash of its text, 32 bytes
   * @param at bank clock
   * @param device index of the one that signed or was bound
   * @param sign1 COSE_Sign1 of the device, or null where its binding says it
   */
  public record Row(
      long party,
      int version,
      byte[] hash,
      OffsetDateTime at,
      long device,
      byte @Nullable [] sign1) {
    @Override
    public String toString() {
      return "Agreed(" + party + ", " + version + ")";
    }
  }

  /** Keeps it; false where the party has agreed to that version before. */
  public boolean insert(Row row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into party_agreement"
                + " (party_id, version, text_hash, agreed_at, device_pk, sign1)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setLong(1, row.party());
      insert.setInt(2, row.version());
      insert.setBytes(3, row.hash());
      insert.setObject(4, row.at());
      insert.setLong(5, row.device());
      insert.setBytes(6, row.sign1());
      return insert.executeUpdate() == 1;
    }
  }

  /** Begins the rounds of a version that was just published. */
  public void begin(int version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into agreement_round (version, told_to, reminded_to) values (?, 0, 0)")) {
      insert.setInt(1, version);
      insert.executeUpdate();
    }
  }

  /** What is to be told next. */
  private record Round(AgreementTerms terms, boolean isFirst, long from) {}

  /**
   * Makes due what the next stretch of parties is to hear, and remembers how far that came.
   *
   * @return whether there may be more
   */
  public boolean tell(int limit, OffsetDateTime now) throws SQLException {
    Optional<Round> next = next(now);
    if (next.isPresent()) {
      tell(next.get(), limit, now);
    }
    return next.isPresent();
  }

  private Optional<Round> next(OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEXT)) {
      query.setObject(1, now);
      try (ResultSet found = query.executeQuery()) {
        return found.next()
            ? Optional.of(
                new Round(
                    new AgreementTerms(
                        found.getInt(1),
                        found.getBytes(2),
                        found.getObject(3, OffsetDateTime.class).toInstant().toEpochMilli()),
                    found.getBoolean(4),
                    found.getLong(5)))
            : Optional.empty();
      }
    }
  }

  private void tell(Round round, int limit, OffsetDateTime now) throws SQLException {
    NoticeSubject subject = new AgreementToSign(round.terms());
    try (PreparedStatement insert = connection.prepareStatement(TELL)) {
      insert.setLong(1, round.from());
      insert.setInt(2, limit);
      insert.setInt(3, subject.kind());
      insert.setBytes(4, subject.encode());
      insert.setObject(5, now);
      insert.setLong(6, round.terms().version());
      try (ResultSet done = insert.executeQuery()) {
        done.next();
        move(round, done.getLong(1), done.getInt(2) < limit ? now : null);
      }
    }
  }

  private void move(Round round, long to, @Nullable OffsetDateTime doneAt) throws SQLException {
    String which = round.isFirst() ? "told" : "reminded";
    try (PreparedStatement update =
        connection.prepareStatement(
            "update agreement_round set "
                + which
                + "_to = greatest(?, "
                + which
                + "_to), "
                + which
                + "_at = ? where version = ?")) {
      update.setLong(1, to);
      update.setObject(2, doneAt);
      update.setLong(3, round.terms().version());
      update.executeUpdate();
    }
  }
}
