package org.tallystick.document;

import java.util.Optional;

/**
 * Looks at the shape of an uploaded document, so that nobody who opens it later is surprised: it is
 * of the form it says, whole, of bounded size when it is shown, and ends where its form ends. No
 * picture is decoded here and no content judged; it is no search for malware.
 *
 * <p>What is refused is answered in words that name the rule and never the content.
 */
public interface DocumentCheck {
  /** The most pixels a picture may have: 64 million, more than any scan of a document needs. */
  long MAX_PIXELS = 64_000_000;

  /** What is wrong; empty where nothing is. */
  Optional<String> fault(byte[] content);

  /** The check for portable documents. */
  static DocumentCheck pdf() {
    return content -> ZipTrailer.fault(content).or(() -> new PdfCheck(content).fault());
  }

  /** The check for PNG pictures. */
  static DocumentCheck png() {
    return content -> ZipTrailer.fault(content).or(() -> new PngCheck(content).fault());
  }

  /** The check for JPEG pictures. */
  static DocumentCheck jpeg() {
    return content -> ZipTrailer.fault(content).or(() -> new JpegCheck(content).fault());
  }
}
