package org.tallystick.http;

/** A client asked for a page of a length that is none. */
public final class PageSizeRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PageSizeRefusedException() {
    super("the limit is no number from 1 to 999");
  }
}
