package org.tallystick.enrolment;

import java.util.Arrays;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;

/** Wraps and opens the bank's two secrets of one enrolment. */
final class EnrolmentVault {
  private final KeyVault vault;

  EnrolmentVault(KeyVault vault) {
    this.vault = vault;
  }

  EnrolmentSecret wrap(byte[] id, Secret code, EcdhKey hpke) {
    byte[] scalar = hpke.scalar();
    try {
      return new EnrolmentSecret(
          vault.wrap(code.reveal(), context(id, "code")), vault.wrap(scalar, context(id, "hpke")));
    } finally {
      Arrays.fill(scalar, (byte) 0);
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

  private static String context(byte[] id, String what) {
    return "enrolment/" + Base64Url.encode(id) + "/" + what;
  }
}
