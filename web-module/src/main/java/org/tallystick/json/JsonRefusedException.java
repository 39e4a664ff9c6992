package org.tallystick.json;

/**
 * A request body is not what the resource takes. The message names the rule and the member, never
 * what the client sent.
 */
public final class JsonRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JsonRefusedException(String rule) {
    super(rule);
  }
}
