package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;

/** What the bank knows of the heads of one device's log: what O9b compares with. */
public interface LogHeads {
  /**
   * Head after a line, 32 bytes.
   *
   * @param index of the line; 0 stands for head(0), the seed
   * @return empty where the log has no such line
   */
  Optional<byte[]> headAt(long index);

  /** Whether the log that a device holds up to a line is the bank's. */
  default boolean fits(long index, byte[] head) {
    return headAt(index).map(own -> isSame(own, head)).orElse(false);
  }

  /**
   * Whether a half names this head.
   *
   * @param own 32 bytes
   * @param said 32 bytes, or the first 16 in the compact profile
   */
  static boolean isSame(byte[] own, byte[] said) {
    return Arrays.equals(Arrays.copyOf(own, said.length), said);
  }
}
