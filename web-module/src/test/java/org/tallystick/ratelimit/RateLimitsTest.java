package org.tallystick.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallystick.http.Caller;
import org.tallystick.node.Environment;

/**
 * What a request spends, what it is told of that, and that who has signed in is limited by name.
 */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class RateLimitsTest {
  private final RateLimits limits =
      new RateLimits(
          new Environment(Map.of("TALLYSTICK_RATE_GENERAL", "3", "TALLYSTICK_RATE_ACCOUNT", "1")));

  private @Nullable Response refusal;

  /** A request that keeps its properties and the answer by which it is ended. */
  private ContainerRequestContext request() {
    Map<Object, Object> properties = new HashMap<>();
    return (ContainerRequestContext)
        Proxy.newProxyInstance(
            RateLimitsTest.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> properties.get(arguments[0]);
                  case "setProperty" -> properties.put(arguments[0], arguments[1]);
                  case "abortWith" -> {
                    refusal = (Response) arguments[0];
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private @Nullable Response refusalOf(String kind, String who) {
    AccountLimitFilter filter = new AccountLimitFilter();
    filter.limits = limits;
    filter.caller = new Caller();
    filter.caller.set(kind, who);
    refusal = null;
    filter.filter(request());
    return refusal;
  }

  @Test
  void headers_tellTheQuota_andWhatIsLeftOfIt() {
    for (int left = 2; left >= 0; left--) {
      Spending spending = Spending.of(request());
      assertThat(spending.took(limits, Limit.GENERAL, "203.0.113.7")).isTrue();
      assertThat(spending.policies()).isEqualTo("\"general\";q=3;w=1");
      assertThat(spending.standing()).isEqualTo("\"general\";r=" + left + ";t=1");
    }
    Spending over = Spending.of(request());
    assertThat(over.took(limits, Limit.GENERAL, "203.0.113.7")).isFalse();
    assertThat(over.standing()).isEqualTo("\"general\";r=0;t=1");
    assertThat(over.took(limits, Limit.ACCOUNT, "party/1")).isTrue();
    assertThat(over.policies()).isEqualTo("\"general\";q=3;w=1, \"account\";q=1;w=1");
    assertThat(over.standing()).isEqualTo("\"general\";r=0;t=1, \"account\";r=0;t=1");
  }

  @Test
  void oneWhoHasSignedIn_isLimitedByName_fromWhereverItComes() {
    assertThat(refusalOf("party", "1")).isNull();
    try (Response refused = refusalOf("party", "1")) {
      assertThat(refused).isNotNull();
      assertThat(refused.getStatus()).isEqualTo(429);
      assertThat(refused.getHeaderString("Retry-After")).isEqualTo("1");
    }
    assertThat(refusalOf("party", "2")).isNull();
    assertThat(refusalOf("staff", "1")).as("of another kind").isNull();
  }
}
