package org.tallystick.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.node.Environment;

/** Behind a proxy each client is a source of its own, and none can pass for another. */
class SourcesTest {
  private static final String HEADER = "X-Forwarded-For";
  private static final String PROXY = "10.0.0.5";

  private static final Map<String, String> BEHIND_PROXIES =
      Map.of(
          "TALLYSTICK_CLIENT_ADDRESS_HEADER",
          HEADER,
          "TALLYSTICK_TRUSTED_PROXIES",
          "10.0.0.5, 10.0.0.6");

  private static String source(Map<String, String> environment, String from, String... lines) {
    return new Sources(new Environment(environment)).of(request(from, lines));
  }

  private static HttpServletRequest request(String from, String... lines) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            SourcesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> from;
                  case "getHeaders" ->
                      Collections.enumeration(
                          HEADER.equals(arguments[0]) ? List.of(lines) : List.of());
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                          | 203.0.113.7", // whom the proxy was reached from
        "198.51.100.1, 203.0.113.7            | 203.0.113.7", // the first was written by the client
        "198.51.100.1, 203.0.113.7, 10.0.0.6  | 203.0.113.7", // two proxies, one behind the other
        "2001:db8:1:2:3:4:5:6                 | 2001:db8:1:2::/64",
        "10.0.0.6                             | 10.0.0.6", // nobody but proxies
        "unknown                              | 10.0.0.5",
        "203.0.113.7:5555                     | 10.0.0.5",
        "203.0.113.7,                         | 10.0.0.5",
        "203.0.113.7, bank.example, 10.0.0.6  | 10.0.0.6"
      })
  void trustedProxy_saysWhoTheClientIs(String said, String source) {
    assertThat(source(BEHIND_PROXIES, PROXY, said)).isEqualTo(source);
  }

  @Test
  void severalLines_areOneList() {
    assertThat(source(BEHIND_PROXIES, PROXY, "198.51.100.1", "203.0.113.7"))
        .isEqualTo("203.0.113.7");
  }

  @Test
  void proxyThatSaysNothing_isTheSource() {
    assertThat(source(BEHIND_PROXIES, PROXY)).isEqualTo(PROXY);
  }

  @Test
  void listThatIsVeryLong_isReadFromItsEnd() {
    assertThat(source(BEHIND_PROXIES, PROXY, "1.2.3.4, ".repeat(10_000) + "203.0.113.7"))
        .isEqualTo("203.0.113.7");
  }

  @Test
  void anybodyElse_isNotBelieved() {
    assertThat(source(BEHIND_PROXIES, "192.0.2.9", "203.0.113.7")).isEqualTo("192.0.2.9");
  }

  @Test
  void withoutTheSetting_nobodyIsBelieved() {
    Map<String, String> noHeader = Map.of("TALLYSTICK_TRUSTED_PROXIES", PROXY);
    Map<String, String> noProxies = Map.of("TALLYSTICK_CLIENT_ADDRESS_HEADER", HEADER);
    assertThat(source(noHeader, PROXY, "203.0.113.7")).isEqualTo(PROXY);
    assertThat(source(noProxies, PROXY, "203.0.113.7")).isEqualTo(PROXY);
  }

  @Test
  void proxyByName_isRefused() {
    Environment named = new Environment(Map.of("TALLYSTICK_TRUSTED_PROXIES", "proxy.bank.example"));
    assertThatThrownBy(() -> new Sources(named))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_TRUSTED_PROXIES");
  }
}
