package org.tallystick.answer;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Several answers in one message of the topic: for each the pickup token (16 bytes), 1 where
 * nothing follows under it or 0 for progress (1 byte), the length (4 bytes, big endian) and the
 * sealed answer.
 */
public final class AnswerBatch {
  private static final int PICKUP_LENGTH = 16;
  private static final int HEAD_LENGTH = PICKUP_LENGTH + 1 + Integer.BYTES;

  private AnswerBatch() {}

  /** The message. */
  public static byte[] encode(Collection<ReadyAnswer> answers) {
    int length = answers.stream().mapToInt(a -> HEAD_LENGTH + a.sealed().length).sum();
    ByteBuffer message = ByteBuffer.allocate(length);
    for (ReadyAnswer answer : answers) {
      message.put(answer.pickup()).put((byte) (answer.isLast() ? 1 : 0));
      message.putInt(answer.sealed().length).put(answer.sealed());
    }
    return message.array();
  }

  /**
   * Inverse of {@link #encode}.
   *
   * @throws IllegalArgumentException if it is not such a message
   */
  public static List<ReadyAnswer> decode(byte[] message) {
    ByteBuffer rest = ByteBuffer.wrap(message);
    List<ReadyAnswer> answers = new ArrayList<>();
    try {
      while (rest.hasRemaining()) {
        byte[] pickup = new byte[PICKUP_LENGTH];
        rest.get(pickup);
        byte last = rest.get();
        int length = rest.getInt();
        if (last < 0 || last > 1 || length < 0 || length > rest.remaining()) {
          throw new IllegalArgumentException("not a message of answers");
        }
        byte[] sealed = new byte[length];
        rest.get(sealed);
        answers.add(new ReadyAnswer(pickup, sealed, last == 1));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a message of answers", e);
    }
    return answers;
  }
}
