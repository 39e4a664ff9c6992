package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;

/** Challenges are stateless tokens: every node makes and knows them by the one token key. */
@ApplicationScoped
public class ChallengeKey {
  /** The bank's challenges. */
  @Produces
  public Challenges challenges(KeyVault vault, Clock clock, SecureRandom random) {
    return new Challenges(Secret.adopt(vault.tokenKey()), clock, random);
  }
}
