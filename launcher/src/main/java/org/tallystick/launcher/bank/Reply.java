package org.tallystick.launcher.bank;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the bank answered.
 *
 * @param status HTTP status
 * @param contentType or empty
 * @param body JSON, a missing node where there is none
 * @param text the body as it came
 */
public record Reply(int status, String contentType, JsonNode body, String text) {
  /** Whether the status is 2xx. */
  public boolean good() {
    return status >= 200 && status < 300;
  }

  /** A text member; the bank broke its word where it is missing. */
  public String text(String member) {
    JsonNode value = body.get(member);
    if (value == null || !value.isTextual()) {
      throw new IllegalStateException("answer without " + member + ": HTTP " + status);
    }
    return value.textValue();
  }
}
