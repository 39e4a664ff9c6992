package org.tallystick.privacy;

import java.time.Duration;
import java.time.OffsetDateTime;

/** What came of asking for an export, or of fetching it. */
public sealed interface ExportOutcome {
  /**
   * It may be fetched.
   *
   * @param export names it
   * @param openedBy who alone may fetch it
   * @param expiresAt until when
   */
  record Opened(String export, String openedBy, OffsetDateTime expiresAt)
      implements ExportOutcome {}

  /**
   * There are as many as may be.
   *
   * @param left how long it takes until there may be one more
   */
  record TooMany(Duration left) implements ExportOutcome {}

  /**
   * It is sent now.
   *
   * @param archive is made while it is written
   */
  record Fetched(ExportArchive archive) implements ExportOutcome {}

  /** Its minutes are over, or it was fetched as often as may be. */
  record Over() implements ExportOutcome {}

  /** There is no such party, or it has no such export for who asks. */
  record NotThere() implements ExportOutcome {}
}
