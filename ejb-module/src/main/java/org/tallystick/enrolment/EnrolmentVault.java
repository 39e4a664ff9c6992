package org.tallystick.enrolment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;

/** Wraps and opens the bank's secrets of one enrolment. */
final class EnrolmentVault {
  private final KeyVault vault;

  EnrolmentVault(KeyVault vault) {
    this.vault = vault;
  }

  EnrolmentSecret wrap(byte[] id, Secret code, EcdhKey hpke, @Nullable MlKemKey kem) {
    try (Secret scalar = Secret.adopt(hpke.scalar())) {
      return new EnrolmentSecret(
          vault.wrap(code.reveal(), context(id, "code")),
          vault.wrap(scalar.reveal(), context(id, "hpke")),
          kem == null ? null : wrapped(id, kem));
    }
  }

  private byte[] wrapped(byte[] id, MlKemKey kem) {
    try (Secret seed = Secret.adopt(kem.seed())) {
      return vault.wrap(seed.reveal(), context(id, "kem"));
    }
  }

  Secret code(byte[] id, EnrolmentSecret secret) {
    return Secret.adopt(vault.unwrap(secret.codeWrapped(), context(id, "code")));
  }

  EcdhKey hpkeKey(byte[] id, EnrolmentSecret secret) {
    byte[] scalar = vault.unwrap(secret.scalarWrapped(), context(id, "hpke"));
    try {
      return EcdhKey.ofScalar(scalar);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  /** The ML-KEM key; null where suite 2 was not offered. */
  @Nullable MlKemKey kemKey(byte[] id, EnrolmentSecret secret) {
    byte[] wrapped = secret.kemSeedWrapped().orElse(null);
    if (wrapped == null) {
      return null;
    }
    try (Secret seed = Secret.adopt(vault.unwrap(wrapped, context(id, "kem")))) {
      return MlKemKey.ofSeed(seed.reveal());
    }
  }

  private static String context(byte[] id, String what) {
    return "enrolment/" + Base64Url.encode(id) + "/" + what;
  }
}
