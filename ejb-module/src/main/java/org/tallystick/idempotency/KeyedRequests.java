package org.tallystick.idempotency;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.keys.KeyVault;
import org.tallystick.stage.StageFaultException;

/**
 * Does once what is asked twice under one key. The edge opens a transaction, asks {@link #begin},
 * lets the resource work, and hands its answer to {@link #keep} in that same transaction: effect
 * and stored answer are committed together or not at all. A node that dies in between leaves
 * neither, and the client's next attempt is the first one.
 *
 * <p>Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class KeyedRequests {
  /** How long an answer is kept. */
  public static final Duration LIFE = Duration.ofHours(24);

  private static final byte[] SCOPE = label("tallystick idempotency scope");
  private static final byte[] PAYLOAD = label("tallystick idempotency payload");

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject KeyVault vault;
  @Inject Clock clock;

  /** How things stand; with Go the key belongs to this transaction. */
  public KeyOutcome begin(KeyedRequest request) {
    byte[] scope = scope(request);
    try {
      if (!rows().lock(scope)) {
        return new KeyOutcome.UnderWay();
      }
      Optional<AnswerRows.Row> known = rows().find(scope, now());
      if (known.isEmpty()) {
        return new KeyOutcome.Go();
      }
      if (!ConstantTime.equal(known.get().payloadHash(), payload(request))) {
        return new KeyOutcome.OtherPayload();
      }
      byte[] opened = vault.personalKey().open(known.get().answerSealed(), context(scope));
      return new KeyOutcome.Again(KeyedAnswer.decode(opened));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Keeps the answer for whoever asks again. */
  public void keep(KeyedRequest request, KeyedAnswer answer) {
    byte[] scope = scope(request);
    byte[] sealed = vault.personalKey().seal(answer.encode(), context(scope));
    try {
      rows().keep(scope, new AnswerRows.Row(payload(request), sealed), now().plus(LIFE));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Forgets answers whose time is over, in a transaction of its own, and tells how many. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int expire(int limit) {
    try {
      return rows().expire(now(), limit);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private byte[] scope(KeyedRequest request) {
    return hash(SCOPE, request.caller(), request.method(), request.path(), request.key());
  }

  private byte[] payload(KeyedRequest request) {
    return hash(PAYLOAD, request.query(), Base64Url.encode(request.body()));
  }

  /** Keyed, because bodies may be guessable; each part framed by its length. */
  private byte[] hash(byte[] label, String... parts) {
    byte[] key = vault.searchKey();
    byte[] joined = new byte[0];
    for (String part : parts) {
      byte[] text = part.getBytes(StandardCharsets.UTF_8);
      byte[] longer = Arrays.copyOf(joined, joined.length + Integer.BYTES + text.length);
      ByteBuffer.wrap(longer).position(joined.length).putInt(text.length).put(text);
      joined = longer;
    }
    try {
      return HmacSha256.of(key, label, joined);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static String context(byte[] scope) {
    return "idempotency/" + Base64Url.encode(scope) + "/answer";
  }

  private AnswerRows rows() {
    return new AnswerRows(entities.unwrap(Connection.class));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
