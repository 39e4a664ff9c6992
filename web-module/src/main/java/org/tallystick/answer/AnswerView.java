package org.tallystick.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * What a device hears when it asks.
 *
 * @param state FINAL or PENDING; a token that nobody knows is pending too
 * @param answer sealed, base64url; absent while pending
 * @param progress sealed messages in order, base64url; absent where there is none
 */
public record AnswerView(String state, @Nullable String answer, @Nullable List<String> progress) {
  /** The answer, which is final. */
  static AnswerView of(ReadyAnswer answer) {
    return new AnswerView("FINAL", Base64Url.encode(answer.sealed()), null);
  }

  /** No answer yet. */
  static AnswerView pending(List<byte[]> progress) {
    return new AnswerView(
        "PENDING",
        null,
        progress.isEmpty() ? null : progress.stream().map(Base64Url::encode).toList());
  }

  /** What lies under one token. */
  static AnswerView of(List<ReadyAnswer> found) {
    return found.stream()
        .filter(ReadyAnswer::isLast)
        .findFirst()
        .map(AnswerView::of)
        .orElseGet(() -> pending(found.stream().map(ReadyAnswer::sealed).toList()));
  }
}
