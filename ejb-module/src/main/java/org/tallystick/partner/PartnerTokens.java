package org.tallystick.partner;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Sha256;
import org.tallystick.partner.PartnerRows.Prover;
import org.tallystick.partner.PartnerRows.Standing;
import org.tallystick.partner.PartnerRows.Token;
import org.tallystick.partner.TokenOutcome.Issued;
import org.tallystick.partner.TokenOutcome.NotProven;
import org.tallystick.partner.TokenOutcome.ScopeNotAllowed;
import org.tallystick.staff.Actor;
import org.tallystick.staff.BearerToken;
import org.tallystick.staff.Scope;

/**
 * Gives access tokens to programs of partner banks that have proved who they are, and knows them
 * again. A token is opaque, kept as its hash, good for ten minutes and no longer than its client
 * and its institution are.
 *
 * <p>Source: RFC 6749, 4.4; RFC 7523, 2.2 and 3; RFC 8705, 2.2 and 3.
 */
@Stateless
public class PartnerTokens {
  static final Duration LIFE = Duration.ofMinutes(10);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject AssertionRules rules;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /**
   * A token for an assertion, which is used up by that.
   *
   * @param wanted what the token is to be good for; empty for all that the client may
   */
  public TokenOutcome issue(ClientAssertion assertion, Set<Scope> wanted) {
    try {
      String name = assertion.claims().issuer();
      Optional<Prover> prover = rows().byKey(name, assertion.kid(), assertion.algorithm());
      if (!isSigned(assertion, prover) || !rules.hold(assertion.claims(), name)) {
        return new NotProven();
      }
      Standing client = prover.orElseThrow().standing();
      byte[] jti = Sha256.of(assertion.claims().id().getBytes(StandardCharsets.UTF_8));
      OffsetDateTime until =
          Instant.ofEpochSecond(assertion.claims().expiresAt()).atOffset(ZoneOffset.UTC);
      return rows().use(client.client(), jti, until)
          ? issue(client, wanted, null)
          : new NotProven();
    } catch (SQLException e) {
      throw new IllegalStateException("partner banks' tokens cannot be written", e);
    }
  }

  /**
   * A token for a program that holds the key of a certificate, good only with that one.
   *
   * @param certificateHash SHA-256 of the certificate that the connection was made with
   */
  public TokenOutcome issue(String client, byte[] certificateHash, Set<Scope> wanted) {
    try {
      Optional<Standing> standing = rows().byCertificate(client, certificateHash);
      return standing.isPresent()
          ? issue(standing.get(), wanted, certificateHash)
          : new NotProven();
    } catch (SQLException e) {
      throw new IllegalStateException("partner banks' tokens cannot be written", e);
    }
  }

  /** Whose token it is; a bound one is nobody's without its certificate. */
  public Optional<Actor> actor(String token, byte @Nullable [] certificateHash) {
    Optional<byte[]> hash = BearerToken.hash(token);
    if (hash.isEmpty()) {
      return Optional.empty();
    }
    try {
      return rows()
          .byToken(hash.get(), now())
          .filter(found -> isBearer(found, certificateHash))
          .map(Token::standing)
          .map(client -> Actor.partner(client.name(), client.institution(), client.scopes()));
    } catch (SQLException e) {
      throw new IllegalStateException("partner banks' tokens cannot be read", e);
    }
  }

  /** Forgets what has expired; returns how much. */
  public int forget() {
    try {
      return rows().forget(now());
    } catch (SQLException e) {
      throw new IllegalStateException("partner banks' tokens cannot be forgotten", e);
    }
  }

  private static boolean isSigned(ClientAssertion assertion, Optional<Prover> prover) {
    return prover.isPresent()
        ? JwsVerifier.isGood(
            assertion.algorithm(),
            prover.get().publicKey(),
            assertion.input(),
            assertion.signature())
        : JwsVerifier.isNobodys(assertion.algorithm(), assertion.input(), assertion.signature());
  }

  private static boolean isBearer(Token token, byte @Nullable [] certificateHash) {
    return token.certificateHash() == null
        || Arrays.equals(token.certificateHash(), certificateHash);
  }

  private TokenOutcome issue(Standing client, Set<Scope> wanted, byte @Nullable [] certificateHash)
      throws SQLException {
    if (!client.scopes().containsAll(wanted)) {
      return new ScopeNotAllowed();
    }
    Set<Scope> given = wanted.isEmpty() ? client.scopes() : wanted;
    String token = BearerToken.draw(random);
    OffsetDateTime now = now();
    rows()
        .add(
            BearerToken.hash(token).orElseThrow(),
            new Token(
                new Standing(client.client(), client.name(), client.institution(), given),
                certificateHash),
            now,
            now.plus(LIFE));
    return new Issued(token, LIFE.toSeconds(), given);
  }

  private PartnerRows rows() {
    return new PartnerRows(entities.unwrap(Connection.class));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
