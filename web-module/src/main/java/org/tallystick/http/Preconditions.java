package org.tallystick.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How two clients keep from overwriting each other: GET gives a versioned thing with {@link
 * #tag(long)}, PUT asks {@link #ifMatch} under the thing's lock whether its version is still one
 * that the client has seen, and answers {@code Problem.PRECONDITION_FAILED} if not.
 *
 * <p>Source: RFC 9110, 13.1.1.
 */
public final class Preconditions {
  private Preconditions() {}

  /** The strong entity tag of a version, for {@code Response.ok(view).tag(…)}. */
  public static EntityTag tag(long version) {
    return new EntityTag("v" + version);
  }

  /**
   * Which versions the request's If-Match header admits; all where it has none. What is not there
   * yet has a negative version, which no header admits, not even {@code *}.
   *
   * @throws jakarta.ws.rs.BadRequestException if the header is malformed
   */
  public static LongPredicate ifMatch(HttpHeaders headers) {
    @Nullable List<String> lines = headers.getRequestHeader(HttpHeaders.IF_MATCH);
    Optional<EntityTags> tags = EntityTags.of(lines == null ? List.of() : lines);
    return version ->
        tags.isEmpty()
            || (version >= 0 && tags.get().matchStrongly("\"" + tag(version).getValue() + "\""));
  }
}
