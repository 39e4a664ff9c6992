package org.tallystick.code;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.stage.Delivery;

/**
 * A received code whose clear fields say which device it may be from: O1 and O2.
 *
 * @param code parsed
 * @param hash of its text, 32 bytes
 * @param device index that its alias stands for
 * @param receivedAtMillis bank clock when it was on disk
 */
record ArrivedCode(Code code, byte[] hash, long device, long receivedAtMillis) {
  /** Empty where the code is to be dropped. */
  static Optional<ArrivedCode> of(Delivery delivery, OpeningTools tools) {
    Code code;
    try {
      code = Code.parse(delivery.text()); // O1
    } catch (MalformedInputException malformed) {
      return Optional.empty();
    }
    if (!code.consortium().equals(tools.consortium())) {
      return Optional.empty();
    }
    return tools
        .aliases()
        .deviceIndex(code.alias()) // O2
        .map(index -> new ArrivedCode(code, code.hash(), index, delivery.receivedAtMillis()));
  }

  /** The hash as a map key. */
  ByteBuffer hashKey() {
    return ByteBuffer.wrap(hash);
  }
}
