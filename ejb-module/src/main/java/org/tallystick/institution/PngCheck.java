package org.tallystick.institution;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Whether bytes are one small PNG image and nothing else: every chunk and checksum is looked at,
 * the pixels are unpacked and must be exactly as many as the header says, and nothing that could
 * carry text, a program or a second image is let through. It never holds more than one row's worth
 * of pixels.
 *
 * <p>Source: W3C PNG (Third Edition), 5 and 11.2.
 */
final class PngCheck {
  /** Of a file, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  /** Of a side, in pixels. */
  static final int MAX_SIDE = 1024;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK_FRAME = 12;
  private static final int HEADER_LENGTH = 13;
  private static final int MAX_PALETTE = 3 * 256;

  /** Samples of a pixel for each colour type, PNG table 9. */
  private static final Map<Integer, Integer> SAMPLES = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);

  private static final Map<Integer, Set<Integer>> DEPTHS =
      Map.of(
          0, Set.of(1, 2, 4, 8, 16),
          2, Set.of(8, 16),
          3, Set.of(1, 2, 4, 8),
          4, Set.of(8, 16),
          6, Set.of(8, 16));

  private static final Set<String> HARMLESS =
      Set.of("tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "pHYs", "bKGD");

  private final ByteBuffer file;
  private final Inflater inflater = new Inflater();
  private int palette;
  private int colourType;
  private long rowBytes;
  private long expected;
  private long unpacked;

  private PngCheck(byte[] png) {
    file = ByteBuffer.wrap(png);
  }

  /** Whether they are. */
  static boolean isLogo(byte[] png) {
    if (png.length > MAX_BYTES
        || png.length < SIGNATURE.length
        || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      return false;
    }
    PngCheck check = new PngCheck(png);
    try {
      return check.chunks();
    } catch (DataFormatException e) {
      return false;
    } finally {
      check.inflater.end();
    }
  }

  private boolean chunks() throws DataFormatException {
    file.position(SIGNATURE.length);
    String before = "";
    boolean pixels = false;
    while (!before.equals("IEND")) {
      byte[] chunk = next();
      String type = chunk.length == 0 ? "" : type(chunk);
      boolean good =
          switch (type) {
            case "IHDR" -> before.isEmpty() && header(chunk);
            case "PLTE" -> !before.isEmpty() && !pixels && palette(chunk);
            case "IDAT" -> (!pixels || before.equals("IDAT")) && expected > 0 && unpack(chunk);
            case "IEND" -> pixels && chunk.length == 4;
            default -> HARMLESS.contains(type) && !before.isEmpty() && !pixels;
          };
      if (!good) {
        return false;
      }
      pixels |= type.equals("IDAT");
      before = type;
    }
    return !file.hasRemaining()
        && unpacked == expected
        && inflater.finished()
        && (colourType != 3 || palette > 0);
  }

  /** Type and data of the next chunk; nothing where it is cut or its checksum is wrong. */
  private byte[] next() {
    if (file.remaining() < CHUNK_FRAME) {
      return new byte[0];
    }
    int length = file.getInt();
    if (length < 0 || length > file.remaining() - 8) {
      return new byte[0];
    }
    byte[] chunk = new byte[4 + length];
    file.get(chunk);
    CRC32 crc = new CRC32();
    crc.update(chunk);
    return (int) crc.getValue() == file.getInt() ? chunk : new byte[0];
  }

  private static String type(byte[] chunk) {
    return new String(chunk, 0, 4, StandardCharsets.ISO_8859_1);
  }

  private boolean header(byte[] chunk) {
    if (chunk.length != 4 + HEADER_LENGTH) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(chunk, 4, HEADER_LENGTH);
    int width = header.getInt();
    int height = header.getInt();
    int depth = header.get();
    colourType = header.get();
    boolean known = DEPTHS.getOrDefault(colourType, Set.of()).contains(depth);
    int compression = header.get();
    int filter = header.get();
    int interlace = header.get();
    boolean plain = (compression | filter | interlace) == 0;
    if (!known || !plain || !isSide(width) || !isSide(height)) {
      return false;
    }
    long bits = (long) width * depth * SAMPLES.getOrDefault(colourType, 0);
    rowBytes = 1 + (bits + 7) / 8;
    expected = rowBytes * height;
    return true;
  }

  private static boolean isSide(int pixels) {
    return pixels > 0 && pixels <= MAX_SIDE;
  }

  private boolean palette(byte[] chunk) {
    int length = chunk.length - 4;
    boolean good = palette == 0 && length > 0 && length <= MAX_PALETTE && length % 3 == 0;
    palette = length;
    return good;
  }

  /** Unpacks into one buffer again and again; each row begins with the number of its filter. */
  private boolean unpack(byte[] chunk) throws DataFormatException {
    inflater.setInput(chunk, 4, chunk.length - 4);
    byte[] room = new byte[4096];
    while (true) {
      int count = inflater.inflate(room);
      for (int i = 0; i < count; i++) {
        if ((unpacked + i) % rowBytes == 0 && (room[i] < 0 || room[i] > 4)) {
          return false;
        }
      }
      unpacked += count;
      if (unpacked > expected || inflater.needsDictionary()) {
        return false;
      }
      if (count == 0) {
        return inflater.getRemaining() == 0;
      }
    }
  }
}
