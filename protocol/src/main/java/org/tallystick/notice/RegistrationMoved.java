package org.tallystick.notice;

import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * Kind 6: the party's registration stands elsewhere now.
 *
 * <p>Source: docs/PROTOCOL.md section 11.
 *
 * @param standing where it stands
 * @param timeMillis since when, bank clock
 */
public record RegistrationMoved(Standing standing, long timeMillis) implements NoticeSubject {
  static final int KIND = 6;

  /** Checks the time. */
  public RegistrationMoved {
    if (timeMillis < 0) {
      throw new MalformedInputException("a registration moves at some time");
    }
  }

  /** Where a registration stands, with its number on the wire. */
  public enum Standing {
    APPLIED(1),
    SCREENING(2),
    REVIEW(3),
    APPROVED(4),
    REFUSED(5),
    /** May transact. */
    ACTIVE(6),
    LAPSED(7),
    SUSPENDED(8),
    CLOSED(9);

    private final int value;

    Standing(int value) {
      this.value = value;
    }

    private static Standing of(long value) {
      for (Standing standing : values()) {
        if (standing.value == value) {
          return standing;
        }
      }
      throw new MalformedInputException("unknown standing of a registration");
    }
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public byte[] encode() {
    return Cbor.array(Cbor.of(standing.value), Cbor.of(timeMillis)).encode();
  }

  static RegistrationMoved of(List<Cbor> parts) {
    return new RegistrationMoved(Standing.of(parts.get(0).asLong()), parts.get(1).asLong());
  }
}
