package org.tallystick.sequencer;

import org.tallystick.crypto.Secret;

/**
 * What an enrolment or a rekey gives both sides to begin an epoch with. Whoever makes a state of
 * them copies what it keeps, so that they can be closed.
 *
 * <p>Source: docs/PROTOCOL.md sections 3 (E4) and R.2.
 *
 * @param first lowest number of the epoch, 48 bits
 * @param string1 chain(first), 32 bytes
 * @param string2 salt of every P(n), 32 bytes
 * @param root root(e), 32 bytes
 * @param down down(e, 1), 32 bytes
 */
public record EpochSecrets(long first, Secret string1, Secret string2, Secret root, Secret down)
    implements AutoCloseable {
  @Override
  public void close() {
    string1.close();
    string2.close();
    root.close();
    down.close();
  }

  @Override
  public String toString() {
    return "EpochSecrets[...]";
  }
}
