package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;

/**
 * Challenges are stateless tokens: every node makes and knows them by the one token key. A raised
 * recovery epoch changes the key, so that a request from before a restore, which the bank may have
 * forgotten, is not taken a second time by whoever recorded it.
 *
 * <p>Source: docs/PROTOCOL.md section 10, R6; docs/adr/0007-model.md, CHALLENGE_AGE.
 */
@ApplicationScoped
public class ChallengeKey {
  private static final byte[] LABEL =
      "tallystick challenge key".getBytes(StandardCharsets.US_ASCII);

  /** The bank's challenges, for as long as the node runs. */
  @Produces
  public Challenges challenges(KeyVault vault, Clock clock, SecureRandom random) {
    byte[] tokenKey = vault.tokenKey();
    byte[] epoch = ByteBuffer.allocate(Long.BYTES).putLong(vault.recoveryEpoch()).array();
    try {
      return new Challenges(Secret.adopt(HmacSha256.of(tokenKey, LABEL, epoch)), clock, random);
    } finally {
      Arrays.fill(tokenKey, (byte) 0);
    }
  }
}
