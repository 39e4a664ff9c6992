package org.tallystick.document;

import java.util.Optional;

/**
 * Whether the end of a file makes it a ZIP archive too, since archives are read from their end.
 *
 * <p>Source: APPNOTE.TXT 4.3.16, end of central directory record.
 */
final class ZipTrailer {
  private static final byte[] SIGNATURE = {'P', 'K', 5, 6};
  private static final int RECORD_LENGTH = 22;
  private static final int MAX_COMMENT = 65_535;

  private ZipTrailer() {}

  static Optional<String> fault(byte[] content) {
    int first = Math.max(0, content.length - RECORD_LENGTH - MAX_COMMENT);
    for (int at = content.length - RECORD_LENGTH; at >= first; at--) {
      if (Octets.startsWith(content, at, SIGNATURE)) {
        return Optional.of("the file is an archive too");
      }
    }
    return Optional.empty();
  }
}
