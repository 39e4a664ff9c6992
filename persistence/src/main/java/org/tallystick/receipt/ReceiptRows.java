package org.tallystick.receipt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The receipts, written once; each method is one round trip. */
public final class ReceiptRows {
  static final String BY_NUMBER =
      "select half_id, number, token_hash, counterparty_salt, sign1, issued_at, second_sign1 from"
          + " receipt where receipt_number = ?";

  static final String OF_INSTITUTION =
      BY_NUMBER
          + " and exists (select 1 from half h join device d on d.id = h.device_pk join party p on"
          + " p.id = d.party_id where h.id = receipt.half_id and p.institution_id = ?)";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ReceiptRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * One receipt.
   *
   * @param receiptNumber text, 16 symbols
   * @param half number of the half that it is for
   * @param number transaction number, text
   * @param tokenHash SHA-256 of the token by which the party may ask for it, 32 bytes
   * @param counterpartySalt opens the commitment, 16 bytes
   * @param sign1 COSE_Sign1
   * @param issuedAt bank clock
   * @param secondSign1 COSE_Sign1 by ML-DSA-65, or null; there for devices of suite 2
   */
  public record Row(
      String receiptNumber,
      long half,
      String number,
      byte[] tokenHash,
      byte[] counterpartySalt,
      byte[] sign1,
      OffsetDateTime issuedAt,
      byte @Nullable [] secondSign1) {}

  /** Stores new receipts. */
  public void insert(Collection<Row> receipts) throws SQLException {
    if (receipts.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into receipt (receipt_number, half_id, number, token_hash, counterparty_salt,"
                + " sign1, issued_at, second_sign1) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Row row : receipts) {
        insert.setString(1, row.receiptNumber());
        insert.setLong(2, row.half());
        insert.setString(3, row.number());
        insert.setBytes(4, row.tokenHash());
        insert.setBytes(5, row.counterpartySalt());
        insert.setBytes(6, row.sign1());
        insert.setObject(7, row.issuedAt());
        insert.setBytes(8, row.secondSign1());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The receipt with a number. */
  public Optional<Row> byNumber(String receiptNumber) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_NUMBER)) {
      query.setString(1, receiptNumber);
      return one(query, receiptNumber);
    }
  }

  /** The receipt with a number, if it is for a half that a party of an institution made. */
  public Optional<Row> byNumber(String receiptNumber, long institution) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_INSTITUTION)) {
      query.setString(1, receiptNumber);
      query.setLong(2, institution);
      return one(query, receiptNumber);
    }
  }

  private static Optional<Row> one(PreparedStatement query, String receiptNumber)
      throws SQLException {
    try (ResultSet found = query.executeQuery()) {
      if (!found.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Row(
              receiptNumber,
              found.getLong(1),
              found.getString(2),
              found.getBytes(3),
              found.getBytes(4),
              found.getBytes(5),
              found.getObject(6, OffsetDateTime.class),
              found.getBytes(7)));
    }
  }
}
