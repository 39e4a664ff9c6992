package org.tallystick.notice;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notices, due and made; each method is one round trip however many rows. */
public final class NoticeRows {
  static final String TAKE =
      "delete from notice_due where id = any (array(select id from notice_due"
          + " order by made_at, id limit ? for update skip locked))"
          + " returning id, party_id, except_device, device_pk, kind, subject, made_at";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public NoticeRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * What devices are to hear.
   *
   * @param id number of the row
   * @param party whose devices
   * @param exceptDevice index of the one that is left out, or null
   * @param device index of the one that is meant, or null: at most one of the two is there
   * @param subject what about
   * @param madeAt when it happened: who became active later does not hear of it
   */
  public record Due(
      long id,
      long party,
      @Nullable Long exceptDevice,
      @Nullable Long device,
      NoticeSubject subject,
      OffsetDateTime madeAt) {}

  /**
   * A notice as it is stored.
   *
   * @param device index of the device
   * @param epoch of its down chain
   * @param k number in that chain
   * @param pickup token with which the device asks, 16 bytes
   * @param sealed the only bytes that are ever sent
   * @param madeAt bank clock
   */
  public record Row(
      long device, long epoch, long k, byte[] pickup, byte[] sealed, OffsetDateTime madeAt) {
    @Override
    public String toString() {
      return "Notice(" + device + ", " + epoch + ", " + k + ")";
    }
  }

  /** Takes out the oldest that no other transaction is at; a rollback puts them back. */
  public List<Due> take(int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(TAKE)) {
      delete.setInt(1, limit);
      List<Due> due = new ArrayList<>();
      try (ResultSet taken = delete.executeQuery()) {
        while (taken.next()) {
          due.add(
              new Due(
                  taken.getLong(1),
                  taken.getLong(2),
                  taken.getObject(3, Long.class),
                  taken.getObject(4, Long.class),
                  NoticeSubject.decode(taken.getInt(5), taken.getBytes(6)),
                  taken.getObject(7, OffsetDateTime.class)));
        }
      }
      due.sort(Comparator.comparingLong(Due::id));
      return due;
    }
  }

  /** Stores new notices; a second one at one place of a chain is an error. */
  public void insert(Collection<Row> notices) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into notice (device_pk, epoch, k, pickup, sealed, made_at)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      for (Row row : notices) {
        insert.setLong(1, row.device());
        insert.setLong(2, row.epoch());
        insert.setLong(3, row.k());
        insert.setBytes(4, row.pickup());
        insert.setBytes(5, row.sealed());
        insert.setObject(6, row.madeAt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
