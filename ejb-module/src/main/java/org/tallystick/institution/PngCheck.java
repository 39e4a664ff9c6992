package org.tallystick.institution;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tallystick.picture.NotPngException;
import org.tallystick.picture.PngChunks;
import org.tallystick.picture.PngChunks.Chunk;
import org.tallystick.picture.PngHeader;

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

  private static final int MAX_PALETTE = 3 * 256;

  private static final Set<String> HARMLESS =
      Set.of("tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "pHYs", "bKGD");

  private final PngChunks chunks;
  private final Inflater inflater = new Inflater();
  private int palette;
  private int colourType;
  private long rowBytes;
  private long expected;
  private long unpacked;

  private PngCheck(PngChunks chunks) {
    this.chunks = chunks;
  }

  /** Whether they are. */
  static boolean isLogo(byte[] png) {
    if (png.length > MAX_BYTES) {
      return false;
    }
    try {
      PngCheck check = new PngCheck(new PngChunks(png));
      try {
        return check.isWhole();
      } finally {
        check.inflater.end();
      }
    } catch (NotPngException | DataFormatException e) {
      return false;
    }
  }

  private boolean isWhole() throws NotPngException, DataFormatException {
    String before = "";
    boolean pixels = false;
    while (!before.equals("IEND")) {
      Chunk chunk = chunks.next();
      ByteBuffer data = chunk.data();
      boolean good =
          switch (chunk.type()) {
            case "IHDR" -> before.isEmpty() && header(PngHeader.read(data));
            case "PLTE" -> !before.isEmpty() && !pixels && palette(data.remaining());
            case "IDAT" -> (!pixels || before.equals("IDAT")) && expected > 0 && unpack(data);
            case "IEND" -> pixels && !data.hasRemaining();
            default -> HARMLESS.contains(chunk.type()) && !before.isEmpty() && !pixels;
          };
      if (!good) {
        return false;
      }
      pixels |= chunk.type().equals("IDAT");
      before = chunk.type();
    }
    return !chunks.hasNext()
        && unpacked == expected
        && inflater.finished()
        && (colourType != PngHeader.INDEXED || palette > 0);
  }

  private boolean header(PngHeader header) {
    if (header.interlaced() || header.width() > MAX_SIDE || header.height() > MAX_SIDE) {
      return false;
    }
    colourType = header.colourType();
    rowBytes = header.rowBytes();
    expected = rowBytes * header.height();
    return true;
  }

  private boolean palette(int length) {
    boolean good = palette == 0 && length > 0 && length <= MAX_PALETTE && length % 3 == 0;
    palette = length;
    return good;
  }

  /** Unpacks into one buffer again and again; each row begins with the number of its filter. */
  private boolean unpack(ByteBuffer data) throws DataFormatException {
    inflater.setInput(data);
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
