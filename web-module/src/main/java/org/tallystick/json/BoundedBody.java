package org.tallystick.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request body, and never more of it than one byte beyond its limit. */
public final class BoundedBody {
  private static final int CHUNK_BYTES = 8 * 1024;

  private BoundedBody() {}

  /**
   * The whole body.
   *
   * <p>{@link InputStream#readNBytes} would not do: it ends with a read of no bytes, for which a
   * server may wait until more has come.
   *
   * @throws BodyTooLargeException as soon as there are more than {@code limitBytes} bytes
   */
  public static byte[] read(InputStream body, int limitBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    int count = body.read(chunk, 0, Math.min(chunk.length, limitBytes + 1));
    while (count >= 0) {
      bytes.write(chunk, 0, count);
      int left = limitBytes + 1 - bytes.size();
      if (left <= 0) {
        throw new BodyTooLargeException(limitBytes);
      }
      count = body.read(chunk, 0, Math.min(chunk.length, left));
    }
    return bytes.toByteArray();
  }
}
