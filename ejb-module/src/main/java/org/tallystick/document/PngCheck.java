package org.tallystick.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG picture: each whole and with its checksum, in the order of the
 * standard, the picture within bounds, and the end at the end. Compressed data is never inflated;
 * no chunk but the picture may hold much of it.
 *
 * <p>Source: PNG (third edition), 5.3 to 5.6, 11.2.
 */
final class PngCheck {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int FRAME_LENGTH = 12;
  private static final int HEADER_LENGTH = 13;
  private static final int MAX_SIDE = 32_768;
  private static final int MAX_PROFILE_BYTES = 64 * 1024;
  private static final int SLACK_BYTES = 64 * 1024;

  /** Bits for each sample that a colour type permits. */
  private static final Map<Integer, Set<Integer>> DEPTHS =
      Map.of(
          0, Set.of(1, 2, 4, 8, 16),
          2, Set.of(8, 16),
          3, Set.of(1, 2, 4, 8),
          4, Set.of(8, 16),
          6, Set.of(8, 16));

  private static final Map<Integer, Integer> SAMPLES = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  private final byte[] content;
  private long rawBytes;
  private long compressedBytes;
  private String previous = "";

  PngCheck(byte[] content) {
    this.content = content;
  }

  Optional<String> fault() {
    if (!Octets.startsWith(content, 0, SIGNATURE)) {
      return Optional.of("the file is no PNG picture");
    }
    int at = SIGNATURE.length;
    while (at < content.length) {
      if (content.length - at < FRAME_LENGTH) {
        return Optional.of("the picture is cut off");
      }
      long length = Integer.toUnsignedLong(ByteBuffer.wrap(content).getInt(at));
      if (length > content.length - at - FRAME_LENGTH) {
        return Optional.of("the picture is cut off");
      }
      Optional<String> fault = chunk(at + 4, (int) length);
      if (fault.isPresent()) {
        return fault;
      }
      at += FRAME_LENGTH + (int) length;
      if (previous.equals("IEND")) {
        return at == content.length ? Optional.empty() : Optional.of("something follows the end");
      }
    }
    return Optional.of("the picture has no end");
  }

  /** A chunk whose type begins at {@code at}. */
  private Optional<String> chunk(int at, int length) {
    CRC32 sum = new CRC32();
    sum.update(content, at, 4 + length);
    if ((int) sum.getValue() != ByteBuffer.wrap(content).getInt(at + 4 + length)) {
      return Optional.of("a checksum of the picture is wrong");
    }
    String type = new String(content, at, 4, StandardCharsets.ISO_8859_1);
    Optional<String> fault =
        type.matches("[A-Za-z]{2}[A-Z][A-Za-z]")
            ? inOrder(type).or(() -> ofType(type, at + 4, length))
            : Optional.of("a chunk of the picture has no name");
    previous = type;
    return fault;
  }

  private Optional<String> inOrder(String type) {
    boolean critical = Character.isUpperCase(type.charAt(0));
    boolean first = previous.isEmpty();
    if (first != type.equals("IHDR") || (critical && !CRITICAL.contains(type))) {
      return Optional.of("the chunks of the picture are not in order");
    }
    boolean again = type.equals("IDAT") && compressedBytes > 0 && !previous.equals("IDAT");
    boolean late = type.equals("PLTE") && compressedBytes > 0;
    boolean empty = type.equals("IEND") && compressedBytes == 0;
    return again || late || empty
        ? Optional.of("the chunks of the picture are not in order")
        : Optional.empty();
  }

  private Optional<String> ofType(String type, int at, int length) {
    return switch (type) {
      case "IHDR" -> header(at, length);
      case "IDAT" -> {
        compressedBytes += length;
        // deflate may make a little more of what it cannot compress, never much more
        yield compressedBytes > rawBytes + rawBytes / 100 + SLACK_BYTES
            ? Optional.of("the picture holds more than its pixels")
            : Optional.empty();
      }
      case "IEND" -> length == 0 ? Optional.empty() : Optional.of("something is in the end");
      case "iCCP" -> length > MAX_PROFILE_BYTES ? compressed() : Optional.empty();
      case "zTXt" -> compressed();
      case "iTXt" -> compressedText(at, length) ? compressed() : Optional.empty();
      case "acTL", "fcTL", "fdAT" -> Optional.of("the picture moves");
      default -> Optional.empty();
    };
  }

  private static Optional<String> compressed() {
    return Optional.of("the picture holds compressed data beside its pixels");
  }

  /** The flag stands behind the keyword, which ends with a zero byte. */
  private boolean compressedText(int at, int length) {
    int flag = at;
    while (flag < at + length && content[flag] != 0) {
      flag++;
    }
    return flag + 1 >= at + length || content[flag + 1] != 0;
  }

  private Optional<String> header(int at, int length) {
    if (length != HEADER_LENGTH) {
      return Optional.of("the picture has no header");
    }
    ByteBuffer bytes = ByteBuffer.wrap(content, at, length);
    int width = bytes.getInt();
    int height = bytes.getInt();
    int depth = bytes.get();
    int colour = bytes.get();
    boolean known =
        DEPTHS.getOrDefault(colour, Set.of()).contains(depth)
            && bytes.get() == 0
            && bytes.get() == 0
            && (bytes.get() & ~1) == 0;
    if (!known) {
      return Optional.of("the header of the picture is not known");
    }
    if (width < 1
        || height < 1
        || width > MAX_SIDE
        || height > MAX_SIDE
        || (long) width * height > DocumentCheck.MAX_PIXELS) {
      return Optional.of("the picture is too large or empty");
    }
    long bitsOfRow = (long) width * depth * SAMPLES.getOrDefault(colour, 1);
    rawBytes = height * (1 + (bitsOfRow + 7) / 8);
    return Optional.empty();
  }
}
