package org.tallystick.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The stored replies to requests that changed something: a request that comes again gets the same
 * bytes (R3). Each method is one round trip.
 */
public final class ReplyRows {
  /** The kind of a rekey's request, whose reply stays up to the next one. */
  private static final int REKEY = 2;

  static final String FIND =
      "select reply from request_reply where device_pk = ? and text_hash = ?";

  static final String FORGET_REKEY =
      "delete from request_reply where device_pk = ? and kind = " + REKEY;

  static final String EXPIRE =
      "delete from request_reply where ctid = any (array(select ctid from request_reply"
          + " where expires_at < ? order by expires_at limit ? for update skip locked))";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ReplyRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * One reply.
   *
   * @param device index of the device
   * @param textHash of the request, 32 bytes
   * @param kind of the request
   * @param reply sealed
   * @param expiresAt when it goes; {@link OffsetDateTime#MAX} for never
   */
  public record Row(
      long device, byte[] textHash, int kind, byte[] reply, OffsetDateTime expiresAt) {}

  /** The reply to a request that came before. */
  public Optional<byte[]> find(long device, byte[] textHash) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setLong(1, device);
      query.setBytes(2, textHash);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
  }

  /** Stores a reply; a second one to one request is an error. */
  public void insert(Row row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into request_reply (device_pk, text_hash, kind, reply, expires_at)"
                + " values (?, ?, ?, ?, ?)")) {
      insert.setLong(1, row.device());
      insert.setBytes(2, row.textHash());
      insert.setInt(3, row.kind());
      insert.setBytes(4, row.reply());
      insert.setObject(5, row.expiresAt());
      insert.executeUpdate();
    }
  }

  /** Forgets the replies to a device's former rekeys. */
  public void forgetRekeys(long device) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET_REKEY)) {
      delete.setLong(1, device);
      delete.executeUpdate();
    }
  }

  /** Forgets replies whose time was over before {@code now}, and tells how many. */
  public int expire(OffsetDateTime now, int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(EXPIRE)) {
      delete.setObject(1, now);
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }
}
