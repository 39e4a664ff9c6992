package org.tallystick.webhook;

/**
 * What came of sending something to a receiver: a status, or else one word for what went wrong.
 * Owners see the word; nothing of what the receiver said is in it.
 *
 * @param status the HTTP status; 0 where there is none
 * @param word for owners, up to 20 letters and digits
 */
record ExchangeResult(int status, String word) {
  private static final int GONE = 410;

  /** The name could not be resolved. */
  static final ExchangeResult NO_SUCH_HOST = new ExchangeResult(0, "NO_SUCH_HOST");

  /** The name leads to where nothing is ever sent, or the address is not permitted any more. */
  static final ExchangeResult NOT_PERMITTED = new ExchangeResult(0, "NOT_PERMITTED");

  /** There was no connection, or it broke. */
  static final ExchangeResult NO_CONNECTION = new ExchangeResult(0, "NO_CONNECTION");

  /** The certificate is none that this bank believes, or is another host's. */
  static final ExchangeResult TLS_REFUSED = new ExchangeResult(0, "TLS_REFUSED");

  /** It took too long. */
  static final ExchangeResult TIMEOUT = new ExchangeResult(0, "TIMEOUT");

  /** What came was no HTTP. */
  static final ExchangeResult NO_HTTP = new ExchangeResult(0, "NO_HTTP");

  /** An answer. */
  static ExchangeResult answered(int status) {
    return new ExchangeResult(status, "HTTP_" + status);
  }

  /** Whether the receiver took it: 200 to 299, and no redirection, which nobody follows. */
  boolean good() {
    return status >= 200 && status < 300;
  }

  /** Whether the receiver says that it is there no more. */
  boolean gone() {
    return status == GONE;
  }
}
