package org.tallystick.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads a request body, and never more of it than one byte beyond its limit, nor much slower than
 * {@link #LEAST_BYTES_PER_SECOND}: who sends a byte now and then would keep a thread of the server
 * for himself. How long one read may wait for the next byte is the server's setting.
 */
public final class BoundedBody {
  /** What a body has to come to on the average, after {@link #GRACE}. */
  static final int LEAST_BYTES_PER_SECOND = 4 * 1024;

  /** In this time it may come as slowly as it likes. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int CHUNK_BYTES = 8 * 1024;

  private BoundedBody() {}

  /**
   * The whole body.
   *
   * <p>{@link InputStream#readNBytes} would not do: it ends with a read of no bytes, for which a
   * server may wait until more has come.
   *
   * @throws BodyTooLargeException as soon as there are more than {@code limitBytes} bytes
   * @throws BodyLateException if it comes too slowly, or not to its end
   */
  public static byte[] read(InputStream body, int limitBytes) {
    return read(body, limitBytes, System::nanoTime);
  }

  static byte[] read(InputStream body, int limitBytes, LongSupplier nanos) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    long start = nanos.getAsLong();
    int count = next(body, chunk, Math.min(chunk.length, limitBytes + 1));
    while (count >= 0) {
      bytes.write(chunk, 0, count);
      int left = limitBytes + 1 - bytes.size();
      if (left <= 0) {
        throw new BodyTooLargeException(limitBytes);
      }
      if (nanos.getAsLong() - start > allowed(bytes.size()).toNanos()) {
        throw new BodyLateException("only " + bytes.size() + " bytes came", null);
      }
      count = next(body, chunk, Math.min(chunk.length, left));
    }
    return bytes.toByteArray();
  }

  /** How long so many bytes may take. */
  private static Duration allowed(int bytes) {
    return GRACE.plusSeconds(bytes / LEAST_BYTES_PER_SECOND);
  }

  private static int next(InputStream body, byte[] chunk, int count) {
    try {
      return body.read(chunk, 0, count);
    } catch (IOException e) {
      throw new BodyLateException("the body did not come to its end", e);
    }
  }
}
