package org.tallystick.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Good documents to change, and the parts that bad ones are made of. */
final class Pictures {
  private Pictures() {}

  static byte[] png() {
    return written("png", BufferedImage.TYPE_INT_ARGB);
  }

  static byte[] jpeg() {
    return written("jpg", BufferedImage.TYPE_INT_RGB);
  }

  private static byte[] written(String format, int type) {
    BufferedImage image = new BufferedImage(40, 30, type);
    for (int x = 0; x < 40; x++) {
      for (int y = 0; y < 30; y++) {
        image.setRGB(x, y, 0xff000000 | ((x * 77_777) ^ (y * 4_111)));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) sum.getValue())
        .array();
  }

  static byte[] header(int width, int height, int depth, int colour) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colour)
            .put(new byte[3])
            .array());
  }

  /** A picture of these chunks. */
  static byte[] png(byte[]... chunks) {
    return joined(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, joined(chunks));
  }

  static byte[] pdf(String body) {
    return ("%PDF-1.7\n" + body + "\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An object stream that holds a text. */
  static String objectStream(String objects) {
    byte[] deflated = deflated(objects.getBytes(StandardCharsets.ISO_8859_1));
    return "5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
        + deflated.length
        + " >>\nstream\r\n"
        + new String(deflated, StandardCharsets.ISO_8859_1)
        + "\nendstream endobj";
  }

  static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(plain);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    while (!deflater.finished()) {
      out.write(block, 0, deflater.deflate(block));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** The archive without entries. */
  static byte[] zip() {
    byte[] record = new byte[22];
    record[0] = 'P';
    record[1] = 'K';
    record[2] = 5;
    record[3] = 6;
    return record;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
