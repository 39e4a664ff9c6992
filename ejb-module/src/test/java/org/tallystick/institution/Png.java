package org.tallystick.institution;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes PNG images, good ones and others. */
final class Png {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Png() {
    bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
  }

  /** Of one colour, 8 bits for each of red, green and blue. */
  static byte[] image(int width, int height) {
    return new Png()
        .header(width, height, 8, 2)
        .chunk("IDAT", packed(height * (1 + 3 * width)))
        .chunk("IEND", new byte[0])
        .bytes();
  }

  /** So many zeros, packed. */
  static byte[] packed(int length) {
    return packed(new byte[length]);
  }

  static byte[] packed(byte[] plain) {
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] room = new byte[4096];
    while (!deflater.finished()) {
      out.write(room, 0, deflater.deflate(room));
    }
    deflater.end();
    return out.toByteArray();
  }

  Png header(int width, int height, int depth, int type) {
    return header(width, height, depth, type, 0);
  }

  Png header(int width, int height, int depth, int type, int interlace) {
    return chunk(
        "IHDR",
        new byte[] {
          (byte) (width >> 24),
          (byte) (width >> 16),
          (byte) (width >> 8),
          (byte) width,
          (byte) (height >> 24),
          (byte) (height >> 16),
          (byte) (height >> 8),
          (byte) height,
          (byte) depth,
          (byte) type,
          0,
          0,
          (byte) interlace
        });
  }

  Png chunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
    crc.update(data);
    return chunk(type, data, (int) crc.getValue());
  }

  Png chunk(String type, byte[] data, int crc) {
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(data.length);
      out.write(type.getBytes(StandardCharsets.ISO_8859_1));
      out.write(data);
      out.writeInt(crc);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
