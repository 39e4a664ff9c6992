package org.tallystick.request;

import org.jspecify.annotations.Nullable;

/**
 * What a reply is to say.
 *
 * @param status how the request ended
 * @param result what it brought; null unless it was done
 */
public record Ruling(RequestStatus status, @Nullable RequestResult result) {
  /** Done, with what it brought. */
  public static Ruling done(RequestResult result) {
    return new Ruling(RequestStatus.DONE, result);
  }

  /** Refused. */
  public static Ruling refused(RequestStatus status) {
    return new Ruling(status, null);
  }

  @Override
  public String toString() {
    return "Ruling[" + status + "]";
  }
}
