package org.tallystick.device;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tallystick.alias.AliasKey;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;

/** Makes and opens the one-time aliases by which codes name devices; TSE-03. */
@Dependent
public class Aliases {
  private final KeyVault vault;
  private final SecureRandom random;

  /** Works by a vault. */
  @Inject
  public Aliases(KeyVault vault, SecureRandom random) {
    this.vault = vault;
    this.random = random;
  }

  /** The index that an alias stands for; whether there is such a device is not known here. */
  public Optional<Long> deviceIndex(byte[] alias) {
    try (AliasKey key = key()) {
      return key.deviceIndex(alias);
    }
  }

  /** Fresh aliases of a device, 17 bytes each. */
  public List<byte[]> fresh(long deviceIndex, int count) {
    try (AliasKey key = key()) {
      return IntStream.range(0, count).mapToObj(i -> key.alias(deviceIndex, random)).toList();
    }
  }

  private AliasKey key() {
    return new AliasKey(vault.aliasKeyId(), Secret.adopt(vault.aliasKey()));
  }
}
