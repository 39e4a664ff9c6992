package org.tallystick.code;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Milliseconds on the wire are timestamps in the database. */
public final class Times {
  /** The last moment that the database is given: what lies beyond is as good as never. */
  private static final long LATEST_MILLIS =
      OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC).toInstant().toEpochMilli();

  private Times() {}

  /** The moment, at most the year 9999. */
  public static OffsetDateTime ofMillis(long millis) {
    return OffsetDateTime.ofInstant(
        Instant.ofEpochMilli(Math.min(millis, LATEST_MILLIS)), ZoneOffset.UTC);
  }
}
