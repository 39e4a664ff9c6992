package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of all kinds of requests: each class of this application that is a rule. */
@ApplicationScoped
public class RequestRules {
  private final Map<RequestKind, RequestRule<?>> byKind = new EnumMap<>(RequestKind.class);

  /** For CDI, which makes a proxy of it. */
  protected RequestRules() {}

  /** As the container finds them. */
  @Inject
  public RequestRules(@Any Instance<RequestRule<?>> found) {
    this((Iterable<RequestRule<?>>) found);
  }

  /**
   * The given ones, for tests.
   *
   * @throws IllegalStateException if there are two for one kind
   */
  RequestRules(Iterable<RequestRule<?>> rules) {
    for (RequestRule<?> rule : rules) {
      if (byKind.put(rule.kind(), rule) != null) {
        throw new IllegalStateException("two rules for " + rule.kind());
      }
    }
  }

  /** The rule for a kind, if the bank has one. */
  public Optional<RequestRule<?>> of(RequestKind kind) {
    @Nullable RequestRule<?> rule = byKind.get(kind);
    return Optional.ofNullable(rule);
  }
}
