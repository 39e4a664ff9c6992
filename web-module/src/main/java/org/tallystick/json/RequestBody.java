package org.tallystick.json;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/** A request's body as it came, for who must see it before its resource does. */
public final class RequestBody {
  private RequestBody() {}

  /**
   * Reads all of it, as much as the resource takes.
   *
   * @throws BodyTooLargeException if it is longer than the method's {@link BodyLimit}, or the usual
   *     limit where it has none
   */
  public static byte[] read(InputStream body, Method method) {
    return BoundedBody.read(body, limit(method));
  }

  /** Bytes that the resource takes. */
  static int limit(Method method) {
    int limit = StrictJson.DEFAULT_LIMIT_BYTES;
    for (Parameter parameter : method.getParameters()) {
      BodyLimit own = parameter.getAnnotation(BodyLimit.class);
      limit = own == null ? limit : own.value();
    }
    return limit;
  }
}
