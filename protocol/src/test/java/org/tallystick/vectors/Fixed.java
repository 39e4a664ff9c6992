package org.tallystick.vectors;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/**
 * Fixed inputs in place of time and chance, so that every run gives the same vectors. Each byte
 * string comes from its label; none protects anything.
 */
final class Fixed {
  /** Where all clocks stand: 2026-09-21T14:13:20Z. */
  static final long NOW = 1_790_000_000_000L;

  private Fixed() {}

  static byte[] bytes(String label, int length) {
    byte[] prk = Sha256.of("tallystick vectors".getBytes(StandardCharsets.US_ASCII));
    return Hkdf.expand(prk, label.getBytes(StandardCharsets.UTF_8), length);
  }

  static Secret secret(String label, int length) {
    return Secret.adopt(bytes(label, length));
  }

  static SigningKey signing(String label) {
    return SigningKey.ofScalar(bytes(label, 32));
  }

  static EcdhKey ecdh(String label) {
    return EcdhKey.ofScalar(bytes(label, 32));
  }

  /** A key set of keys that are valid for ever. */
  static BankKeySet keySet(String consortium, String use, List<SignatureKey> of) {
    List<BankKey> keys = of.stream().map(key -> new BankKey(use, key, 0, Long.MAX_VALUE)).toList();
    return new BankKeySet(consortium, "", 1, keys, 0, 0, Suite.CLASSIC);
  }

  /** Gives these bytes, in this order, and no more. */
  static SecureRandom random(byte[]... inOrder) {
    return new FixedRandom(List.of(inOrder));
  }

  /** A source that has exactly what is asked of it once. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Iterator<byte[]> given;

    FixedRandom(List<byte[]> inOrder) {
      this.given = inOrder.iterator();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      byte[] next = given.hasNext() ? given.next() : new byte[0];
      if (bytes.length != next.length) {
        throw new IllegalStateException("other random bytes than those that are fixed");
      }
      System.arraycopy(next, 0, bytes, 0, bytes.length);
    }
  }
}
