package org.tallystick.picture;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * The header of a PNG picture.
 *
 * <p>Source: PNG (third edition), 11.2.1.
 *
 * @param width in pixels, over 0
 * @param height in pixels, over 0
 * @param depth bits of a sample
 * @param colourType 0, 2, 3, 4 or 6
 * @param interlaced whether the pixels come in seven passes
 */
public record PngHeader(int width, int height, int depth, int colourType, boolean interlaced) {
  /** The colour type whose pixels are places in a palette. */
  public static final int INDEXED = 3;

  private static final int LENGTH = 13;

  /** Bits of a sample that each colour type permits, table 12. */
  private static final Map<Integer, Set<Integer>> DEPTHS =
      Map.of(
          0, Set.of(1, 2, 4, 8, 16),
          2, Set.of(8, 16),
          3, Set.of(1, 2, 4, 8),
          4, Set.of(8, 16),
          6, Set.of(8, 16));

  /** Samples of a pixel for each colour type. */
  private static final Map<Integer, Integer> SAMPLES = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);

  /**
   * Reads the data of an IHDR chunk.
   *
   * @throws NotPngException if it is none of the standard, or a side is empty
   */
  public static PngHeader read(ByteBuffer data) throws NotPngException {
    if (data.remaining() != LENGTH) {
      throw new NotPngException("the picture has no header");
    }
    ByteBuffer bytes = data.duplicate();
    int width = bytes.getInt();
    int height = bytes.getInt();
    int depth = bytes.get();
    int colourType = bytes.get();
    int compression = bytes.get();
    int filter = bytes.get();
    int interlace = bytes.get();
    boolean known =
        DEPTHS.getOrDefault(colourType, Set.of()).contains(depth)
            && compression == 0
            && filter == 0
            && (interlace & ~1) == 0;
    if (!known) {
      throw new NotPngException("the header of the picture is not known");
    }
    if (width < 1 || height < 1) {
      throw new NotPngException("the picture is too large or empty");
    }
    return new PngHeader(width, height, depth, colourType, interlace == 1);
  }

  /**
   * Bytes of an unpacked row with the number of its filter, where the picture is not interlaced.
   */
  public long rowBytes() {
    long bits = (long) width * depth * SAMPLES.getOrDefault(colourType, 1);
    return 1 + (bits + 7) / 8;
  }
}
