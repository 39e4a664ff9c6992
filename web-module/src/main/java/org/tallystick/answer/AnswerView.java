package org.tallystick.answer;

import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * What a device hears when it asks.
 *
 * @param state FINAL or PENDING; a token that nobody knows is pending too
 * @param answer sealed, base64url; absent while pending
 */
public record AnswerView(String state, @Nullable String answer) {
  static final AnswerView PENDING = new AnswerView("PENDING", null);

  static AnswerView of(ReadyAnswer answer) {
    return new AnswerView("FINAL", Base64Url.encode(answer.sealed()));
  }
}
