package org.tallystick.document;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.tallystick.picture.NotPngException;
import org.tallystick.picture.PngChunks;
import org.tallystick.picture.PngChunks.Chunk;
import org.tallystick.picture.PngHeader;

/**
 * Walks the chunks of a PNG picture: each whole and with its checksum, in the order of the
 * standard, the picture within bounds, and the end at the end. Compressed data is never inflated;
 * no chunk but the picture may hold much of it.
 *
 * <p>Source: PNG (third edition), 5.3 to 5.6, 11.2.
 */
final class PngCheck {
  private static final int MAX_SIDE = 32_768;
  private static final int MAX_PROFILE_BYTES = 64 * 1024;
  private static final int SLACK_BYTES = 64 * 1024;
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  private final byte[] content;
  private long rawBytes;
  private long compressedBytes;
  private String previous = "";

  PngCheck(byte[] content) {
    this.content = content;
  }

  Optional<String> fault() {
    try {
      PngChunks chunks = new PngChunks(content);
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        Optional<String> fault = inOrder(chunk.type());
        if (fault.isEmpty()) {
          fault = ofType(chunk);
        }
        if (fault.isPresent()) {
          return fault;
        }
        previous = chunk.type();
        if (previous.equals("IEND")) {
          return chunks.hasNext() ? Optional.of("something follows the end") : Optional.empty();
        }
      }
    } catch (NotPngException e) {
      return Optional.ofNullable(e.getMessage());
    }
    return Optional.of("the picture has no end");
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

  private Optional<String> ofType(Chunk chunk) throws NotPngException {
    int length = chunk.data().remaining();
    return switch (chunk.type()) {
      case "IHDR" -> header(PngHeader.read(chunk.data()));
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
      case "iTXt" -> isCompressedText(chunk.data()) ? compressed() : Optional.empty();
      case "acTL", "fcTL", "fdAT" -> Optional.of("the picture moves");
      default -> Optional.empty();
    };
  }

  private static Optional<String> compressed() {
    return Optional.of("the picture holds compressed data beside its pixels");
  }

  /** The flag stands behind the keyword, which ends with a zero byte. */
  private static boolean isCompressedText(ByteBuffer data) {
    int flag = 0;
    while (flag < data.remaining() && data.get(flag) != 0) {
      flag++;
    }
    return flag + 1 >= data.remaining() || data.get(flag + 1) != 0;
  }

  private Optional<String> header(PngHeader header) {
    if (header.width() > MAX_SIDE
        || header.height() > MAX_SIDE
        || (long) header.width() * header.height() > DocumentCheck.MAX_PIXELS) {
      return Optional.of("the picture is too large or empty");
    }
    rawBytes = header.height() * header.rowBytes();
    return Optional.empty();
  }
}
