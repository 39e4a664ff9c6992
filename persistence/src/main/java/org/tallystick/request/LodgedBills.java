package org.tallystick.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bills that wait to be fetched, by their number or by the offer that they were made for.
 *
 * <p>A bill under a number may be replaced by who lodged it; one for an offer stays as it is until
 * it expires. Whoever lodges holds the lock of its device's sequencer.
 *
 * <p>Source: docs/PROTOCOL.md sections 6.1 and 6.3.
 */
public final class LodgedBills {
  static final String BY_NUMBER =
      "select bill from lodged_bill where number = ? and expires_at >= ?";

  static final String BY_OFFER =
      "select bill from lodged_bill where offer_id = ? and expires_at >= ?";

  /** How many lie there of a device, beside the one under a number. */
  static final String COUNT =
      "select count(*) from lodged_bill"
          + " where device_pk = ? and number <> ? and expires_at >= ?";

  static final String FREE =
      "delete from lodged_bill where (number = ? or offer_id = ?) and expires_at < ?";

  static final String LODGE =
      "insert into lodged_bill (number, device_pk, bill, expires_at, offer_id)"
          + " values (?, ?, ?, ?, ?) on conflict do nothing";

  static final String LYING = "select device_pk, bill, offer_id from lodged_bill where number = ?";

  static final String REPLACE =
      "update lodged_bill set bill = ?, expires_at = ? where number = ? and offer_id is null";

  static final String EXPIRE =
      "delete from lodged_bill where ctid = any (array(select ctid from lodged_bill"
          + " where expires_at < ? order by expires_at limit ? for update skip locked))";

  private final Connection connection;

  /** Bills over the connection, which stays the caller's. */
  public LodgedBills(Connection connection) {
    this.connection = connection;
  }

  /**
   * A bill to be kept.
   *
   * @param number transaction number, text
   * @param device index of the device whose it is
   * @param bill as it is to be fetched
   * @param offer id of the offer that it was made for, 10 bytes, or null
   * @param expiresAt until then
   */
  public record Lodged(
      String number, long device, byte[] bill, byte @Nullable [] offer, OffsetDateTime expiresAt) {
    @Override
    public String toString() {
      return "Lodged(" + number + ")";
    }
  }

  /** What became of a bill that was to be kept. */
  public enum Kept {
    /** It lies there, now or since before. */
    LODGED,
    /** Another device's bill lies under the number, or the device's own for another offer. */
    NUMBER_TAKEN,
    /** Another bill lies there for the offer. */
    OFFER_TAKEN
  }

  /** How many bills of a device are good, but for the one under a number. */
  public long count(long device, String butNumber, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COUNT)) {
      query.setLong(1, device);
      query.setString(2, butNumber);
      query.setObject(3, now);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** Keeps a bill until it expires; where it does not, nothing that is good has changed. */
  public Kept lodge(Lodged wanted, OffsetDateTime now) throws SQLException {
    free(wanted, now);
    try (PreparedStatement insert = connection.prepareStatement(LODGE)) {
      insert.setString(1, wanted.number());
      insert.setLong(2, wanted.device());
      insert.setBytes(3, wanted.bill());
      insert.setObject(4, wanted.expiresAt());
      insert.setBytes(5, wanted.offer());
      return insert.executeUpdate() == 1 ? Kept.LODGED : again(wanted);
    }
  }

  private void free(Lodged wanted, OffsetDateTime now) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FREE)) {
      delete.setString(1, wanted.number());
      delete.setBytes(2, wanted.offer());
      delete.setObject(3, now);
      delete.executeUpdate();
    }
  }

  /** Something lies under the number, or for the offer. */
  private Kept again(Lodged wanted) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LYING)) {
      query.setString(1, wanted.number());
      try (ResultSet lying = query.executeQuery()) {
        if (!lying.next()) {
          return Kept.OFFER_TAKEN;
        }
        if (lying.getLong(1) != wanted.device()
            || !Arrays.equals(lying.getBytes(3), wanted.offer())) {
          return Kept.NUMBER_TAKEN;
        }
        if (Arrays.equals(lying.getBytes(2), wanted.bill())) {
          return Kept.LODGED;
        }
      }
    }
    return replace(wanted) ? Kept.LODGED : Kept.OFFER_TAKEN;
  }

  private boolean replace(Lodged wanted) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
      update.setBytes(1, wanted.bill());
      update.setObject(2, wanted.expiresAt());
      update.setString(3, wanted.number());
      return update.executeUpdate() == 1;
    }
  }

  /** The bill under a number, while it is good. */
  public Optional<byte[]> byNumber(String number, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_NUMBER)) {
      query.setString(1, number);
      query.setObject(2, now);
      return one(query);
    }
  }

  /** The bill for an offer, while it is good. */
  public Optional<byte[]> byOffer(byte[] offer, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_OFFER)) {
      query.setBytes(1, offer);
      query.setObject(2, now);
      return one(query);
    }
  }

  private static Optional<byte[]> one(PreparedStatement query) throws SQLException {
    try (ResultSet found = query.executeQuery()) {
      return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
    }
  }

  /** Forgets bills that expired before {@code now}, and tells how many. */
  public int expire(OffsetDateTime now, int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(EXPIRE)) {
      delete.setObject(1, now);
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }
}
