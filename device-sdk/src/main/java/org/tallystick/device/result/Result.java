package org.tallystick.device.result;

import java.util.Optional;
import java.util.function.Function;

/**
 * A value, or a refusal. Faults (a broken disk, an own bug) are thrown instead.
 *
 * @param <T> type of the value
 */
public sealed interface Result<T> {
  /**
   * It was done.
   *
   * @param got what came of it
   */
  record Ok<T>(T got) implements Result<T> {}

  /**
   * It was not done.
   *
   * @param why stable and shown to people
   */
  record Refused<T>(Refusal why) implements Result<T> {}

  /** A value. */
  static <T> Result<T> ok(T value) {
    return new Ok<>(value);
  }

  /** A refusal. */
  static <T> Result<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** A refusal by the device. */
  static <T> Result<T> refused(String step, String title) {
    return new Refused<>(new DeviceRefusal(step, title));
  }

  /** Goes on with the value; a refusal stays what it is. */
  default <U> Result<U> then(Function<T, Result<U>> next) {
    if (this instanceof Ok<T> ok) {
      return next.apply(ok.got());
    }
    return refused(refusal().orElseThrow());
  }

  /** The value, if there is one. */
  default Optional<T> value() {
    return this instanceof Ok<T> ok ? Optional.of(ok.got()) : Optional.empty();
  }

  /** The refusal, if it is one. */
  default Optional<Refusal> refusal() {
    return this instanceof Refused<T> refused ? Optional.of(refused.why()) : Optional.empty();
  }

  /**
   * The value.
   *
   * @throws IllegalStateException with the refusal's type and title
   */
  default T orElseThrow() {
    if (this instanceof Ok<T> ok) {
      return ok.got();
    }
    Refusal why = refusal().orElseThrow();
    throw new IllegalStateException(why.type() + ": " + why.title());
  }
}
