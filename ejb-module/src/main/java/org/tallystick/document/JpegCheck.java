package org.tallystick.document;

import java.util.Optional;

/**
 * Walks the markers of a JPEG picture: one frame within bounds, at least one scan, every segment
 * whole, and the end at the end.
 *
 * <p>Source: ITU-T T.81, annex B.
 */
final class JpegCheck {
  private static final int MARK = 0xff;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int TEM = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;
  private static final int FRAME_LENGTH = 8;
  private static final int MAX_COMPONENTS = 4;
  private static final int MAX_SCANS = 128;

  private final byte[] content;
  private int frames;
  private int scans;

  JpegCheck(byte[] content) {
    this.content = content;
  }

  Optional<String> fault() {
    if (content.length < 4 || Octets.unsigned16(content, 0) != (MARK << 8 | SOI)) {
      return Optional.of("the file is no JPEG picture");
    }
    int at = 2;
    while (at + 1 < content.length) {
      if (Octets.unsigned(content, at) != MARK) {
        return Optional.of("a segment of the picture does not begin");
      }
      int marker = Octets.unsigned(content, at + 1);
      if (marker == MARK) { // fill byte
        at++;
        continue;
      }
      if (marker == EOI) {
        return ending(at + 2);
      }
      Optional<String> fault = segment(marker, at + 2);
      if (fault.isPresent()) {
        return fault;
      }
      at += 2 + Octets.unsigned16(content, at + 2);
      if (marker == SOS) {
        at = endOfScan(at);
      }
    }
    return Optional.of("the picture has no end");
  }

  private Optional<String> ending(int end) {
    if (frames != 1 || scans == 0) {
      return Optional.of("the picture has no pixels");
    }
    return end == content.length ? Optional.empty() : Optional.of("something follows the end");
  }

  /** A segment whose length stands at {@code at}. */
  private Optional<String> segment(int marker, int at) {
    if (marker == 0 || marker == SOI || marker == TEM || isRestart(marker)) {
      return Optional.of("a segment of the picture is out of place");
    }
    if (content.length - at < 2 || Octets.unsigned16(content, at) < 2) {
      return Optional.of("the picture is cut off");
    }
    int length = Octets.unsigned16(content, at);
    if (length > content.length - at) {
      return Optional.of("the picture is cut off");
    }
    if (marker == SOS) {
      scans++;
      return frames == 1 && scans <= MAX_SCANS
          ? Optional.empty()
          : Optional.of("a scan of the picture is out of place");
    }
    return isFrame(marker) ? frame(marker, at, length) : Optional.empty();
  }

  /** Baseline, extended and progressive with Huffman codes; nobody shows the others. */
  private Optional<String> frame(int marker, int at, int length) {
    frames++;
    if (marker > 0xc2 || frames > 1 || length < FRAME_LENGTH) {
      return Optional.of("the frame of the picture is not known");
    }
    int height = Octets.unsigned16(content, at + 3);
    int width = Octets.unsigned16(content, at + 5);
    int components = Octets.unsigned(content, at + 7);
    boolean shaped =
        components >= 1 && components <= MAX_COMPONENTS && length == FRAME_LENGTH + 3 * components;
    if (!shaped) {
      return Optional.of("the frame of the picture is not known");
    }
    return height == 0 || width == 0 || (long) height * width > DocumentCheck.MAX_PIXELS
        ? Optional.of("the picture is too large or empty")
        : Optional.empty();
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isRestart(int marker) {
    return marker >= FIRST_RESTART && marker <= LAST_RESTART;
  }

  /** Where the marker behind a scan's data is: data has 0 behind 255, or a restart. */
  private int endOfScan(int from) {
    int at = from;
    while (at + 1 < content.length) {
      int next = Octets.unsigned(content, at + 1);
      if (Octets.unsigned(content, at) == MARK && next != 0 && !isRestart(next)) {
        return at;
      }
      at++;
    }
    return content.length;
  }
}
