package org.tallystick.partner;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Scope;

/**
 * What is asked at each sign-in and at each request of a partner bank's program; each method is one
 * round trip. Clients that are revoked, or whose institution is not active, are not found.
 */
public final class PartnerRows {
  static final String ACTIVE =
      " join institution i on i.id = c.institution_id and i.state = 'ACTIVE'";

  static final String PROVER =
      "select c.id, c.name, c.institution_id, k.public_key,"
          + " (select string_agg(s.scope, ',') from partner_scope s where s.client_id = c.id)"
          + " from partner_client c"
          + ACTIVE
          + " left join partner_key k on k.client_id = c.id and k.kid = ? and k.algorithm = ?"
          + " where c.name = ? and c.state = 'ACTIVE'"
          + " and (k.kid is not null or c.certificate_hash = ?)";

  static final String BY_TOKEN =
      "select c.id, c.name, c.institution_id, t.scopes, t.certificate_hash from partner_token t"
          + " join partner_client c on c.id = t.client_id and c.state = 'ACTIVE'"
          + ACTIVE
          + " where t.token_hash = ? and t.expires_at > ?";

  static final String EXPIRED_ASSERTIONS = "delete from partner_assertion where expires_at <= ?";
  static final String EXPIRED_TOKENS = "delete from partner_token where expires_at <= ?";
  static final String TOKENS_OF_CLIENT = "delete from partner_token where client_id = ?";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public PartnerRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * Whom an active client works for, and what it may do.
   *
   * @param client internal number
   * @param name client identifier
   * @param institution internal number
   * @param scopes what it may do
   */
  public record Standing(long client, String name, long institution, Set<Scope> scopes) {
    /** Copies the scopes. */
    public Standing {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * A client with the key that it names.
   *
   * @param standing whom it works for
   * @param publicKey X.509 SubjectPublicKeyInfo
   */
  public record Prover(Standing standing, byte[] publicKey) {}

  /**
   * A token.
   *
   * @param standing whose it is, with the scopes that it was given for
   * @param certificateHash the certificate that it is bound to, or null
   */
  public record Token(Standing standing, byte @Nullable [] certificateHash) {}

  /** The client with that key for that algorithm. */
  public Optional<Prover> byKey(String name, String kid, JwsAlgorithm algorithm)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PROVER)) {
      query.setString(1, kid);
      query.setString(2, algorithm.name());
      query.setString(3, name);
      query.setBytes(4, null);
      try (ResultSet found = query.executeQuery()) {
        return found.next()
            ? Optional.of(new Prover(standing(found, 5), found.getBytes(4)))
            : Optional.empty();
      }
    }
  }

  /** The client with that certificate. */
  public Optional<Standing> byCertificate(String name, byte[] certificateHash) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PROVER)) {
      query.setString(1, null);
      query.setString(2, null);
      query.setString(3, name);
      query.setBytes(4, certificateHash);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(standing(found, 5)) : Optional.empty();
      }
    }
  }

  /** Keeps in mind that an assertion was used; false where it was used before. */
  public boolean use(long client, byte[] jtiHash, OffsetDateTime expiresAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into partner_assertion (client_id, jti_hash, expires_at) values (?, ?, ?)"
                + " on conflict do nothing")) {
      insert.setLong(1, client);
      insert.setBytes(2, jtiHash);
      insert.setObject(3, expiresAt);
      return insert.executeUpdate() == 1;
    }
  }

  /** Stores a new token by its hash. */
  public void add(byte[] tokenHash, Token token, OffsetDateTime issuedAt, OffsetDateTime expiresAt)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into partner_token (token_hash, client_id, certificate_hash, scopes, issued_at,"
                + " expires_at) values (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, tokenHash);
      insert.setLong(2, token.standing().client());
      insert.setBytes(3, token.certificateHash());
      insert.setString(
          4,
          token.standing().scopes().stream()
              .map(Enum::name)
              .sorted()
              .collect(Collectors.joining(",")));
      insert.setObject(5, issuedAt);
      insert.setObject(6, expiresAt);
      insert.executeUpdate();
    }
  }

  /** The token with a hash, while it is good. */
  public Optional<Token> byToken(byte[] tokenHash, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_TOKEN)) {
      query.setBytes(1, tokenHash);
      query.setObject(2, now);
      try (ResultSet found = query.executeQuery()) {
        return found.next()
            ? Optional.of(new Token(standing(found, 4), found.getBytes(5)))
            : Optional.empty();
      }
    }
  }

  /** Ends all tokens of a client. */
  public void endTokens(long client) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(TOKENS_OF_CLIENT)) {
      delete.setLong(1, client);
      delete.executeUpdate();
    }
  }

  /** Forgets used assertions and tokens that have expired; returns how many. */
  public int forget(OffsetDateTime now) throws SQLException {
    int count = 0;
    for (String sql : new String[] {EXPIRED_ASSERTIONS, EXPIRED_TOKENS}) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setObject(1, now);
        count += delete.executeUpdate();
      }
    }
    return count;
  }

  private static Standing standing(ResultSet found, int scopesColumn) throws SQLException {
    @Nullable String names = found.getString(scopesColumn);
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    if (names != null && !names.isEmpty()) {
      Arrays.stream(names.split(",")).map(Scope::valueOf).forEach(scopes::add);
    }
    return new Standing(found.getLong(1), found.getString(2), found.getLong(3), scopes);
  }
}
