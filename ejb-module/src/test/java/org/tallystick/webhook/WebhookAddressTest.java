package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses deliveries may go to, by how they are written and by where they lead. */
class WebhookAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.org",
        "https://hooks.example.org/",
        "https://hooks.example.org:443/a/b?c=d&e=%20",
        "https://hooks.example.org:8443/a",
        "https://xn--bcher-kva.example/a",
        "https://a.b.c.example.co.uk/"
      })
  void address_ofAName_isTaken(String text) {
    assertThat(WebhookAddress.of(text, false)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.org/",
        "HTTPS://hooks.example.org/",
        "ftp://hooks.example.org/",
        "https://user@hooks.example.org/",
        "https://user:pw@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org:80/",
        "https://hooks.example.org:22/",
        "https://hooks.example.org:5432/",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:65536/",
        "https://93.184.216.34/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://localhost:8443/",
        "https://intern/",
        "https://hooks.example.org./",
        "https://hooks_1.example.org/",
        "https://-hooks.example.org/",
        "https://hooks.example.org\\@evil.example/",
        "https://hooks.example.org/\r\nHost: x",
        "https://hooks.example.org/a b",
        "https://b\u00fccher.example/",
        "https:///path",
        "https:hooks.example.org",
        "//hooks.example.org/",
        "",
        "https://"
      })
  void address_ofAnythingElse_isRefused(String text) {
    assertThat(WebhookAddress.of(text, false)).isEmpty();
  }

  @Test
  void address_thatIsTooLong_isRefused() {
    String start = "https://hooks.example.org/";
    String rest = "a".repeat(WebhookAddress.MAX_LENGTH - start.length());
    assertThat(WebhookAddress.of(start + rest, false)).isPresent();
    assertThat(WebhookAddress.of(start + rest + "a", false)).isEmpty();
  }

  @Test
  void thisMachine_isTaken_onlyWhereTheOperatorSaysSo() {
    String here = "http://127.0.0.1:9000/a";
    assertThat(WebhookAddress.of(here, false)).isEmpty();
    assertThat(WebhookAddress.of(here, true))
        .hasValue(new WebhookAddress(false, "127.0.0.1", 9000, "/a"));
    assertThat(WebhookAddress.of("http://127.0.0.1:80/", true)).isEmpty();
    assertThat(WebhookAddress.of("http://hooks.example.org:9000/", true)).isEmpty();
    assertThat(WebhookAddress.of("http://10.0.0.1:9000/", true)).isEmpty();
  }

  @Test
  void parts_areAsTheyStandInTheRequest() {
    WebhookAddress plain = WebhookAddress.of("https://a.example", false).orElseThrow();
    assertThat(plain.target()).isEqualTo("/");
    assertThat(plain.authority()).isEqualTo("a.example");
    WebhookAddress other = WebhookAddress.of("https://a.example:8443/x?y=%2F", false).orElseThrow();
    assertThat(other.target()).isEqualTo("/x?y=%2F");
    assertThat(other.authority()).isEqualTo("a.example:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "100::1"
      })
  void place_thatIsNotPublic_isRefused(String address) throws UnknownHostException {
    assertThat(PublicAddresses.has(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1",
        "2a00:1450::1",
        "2001:4860::8888",
        "2003::1"
      })
  void place_thatIsPublic_isTaken(String address) throws UnknownHostException {
    assertThat(PublicAddresses.has(InetAddress.getByName(address))).isTrue();
  }
}
