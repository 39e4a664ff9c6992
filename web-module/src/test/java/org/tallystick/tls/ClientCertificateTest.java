package org.tallystick.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.crypto.Sha256;
import org.tallystick.node.Environment;

/** A certificate is believed where TLS or a proxy that is trusted says it, and nowhere else. */
class ClientCertificateTest {
  private static final String HEADER = "Client-Cert";

  /** From 2020 to 2119. */
  private static final String GOOD =
      "MIIBQTCB6KADAgECAgkAqYO1AE/3crEwCgYIKoZIzj0EAwIwFDESMBAGA1UEAxMJcGFydG"
          + "5lciAxMCAXDTIwMDEwMTAwMDAwMFoYDzIxMTkxMjA4MDAwMDAwWjAUMRIwEAYDVQQDEwlw"
          + "YXJ0bmVyIDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQaAZosg8qsZjyFbK2dbWL+cD"
          + "rOl5on9va+C6tVyCcrYxaT1kFQaPaR4C8pOcdeXvECxrnF6/D1lkuI5yZsSaEvoyEwHzAd"
          + "BgNVHQ4EFgQUqamYzj/s8xkeQ8JvDMIGy3Gi3g4wCgYIKoZIzj0EAwIDSAAwRQIhAIPyMw"
          + "NvYO+F8HVDMR94WOXFnstVau9bUO28n/XREyMyAiAUM8FN6N0dn93TAf+RTlMRhT4ZIepf"
          + "C7varq3pzIIqtA==";

  /** Of another partner, the same years. */
  private static final String OTHER =
      "MIIBQTCB56ADAgECAghdQb7rOr5cTDAKBggqhkjOPQQDAjAUMRIwEAYDVQQDEwlwYXJ0bm"
          + "VyIDIwIBcNMjAwMTAxMDAwMDAwWhgPMjExOTEyMDgwMDAwMDBaMBQxEjAQBgNVBAMTCXBh"
          + "cnRuZXIgMjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLtDP8Q719EYba3nHYkbgSlbDK"
          + "Fo0FVkO0zCh1kzWzMMBoQx/VnorrigwNp2nHuLhZfNSxel0EH3YOf27rKP6mqjITAfMB0G"
          + "A1UdDgQWBBRLT/FMixAzfZijRnEVxdzoW9NE/zAKBggqhkjOPQQDAgNJADBGAiEAyL9j8i"
          + "VetrNK1KwwDkhv/J81Kj5NDirTZIaPfvMCQc8CIQCOZl9+fOlXhHt4QtZmpwWdtD0drpG/"
          + "agQjr5wqFj2zPg==";

  /** For a month of 2020. */
  private static final String OVER =
      "MIIBNDCB26ADAgECAggqXqlgSjS5QzAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDEwRvdmVyMB"
          + "4XDTIwMDEwMTAwMDAwMFoXDTIwMDEzMTAwMDAwMFowDzENMAsGA1UEAxMEb3ZlcjBZMBMG"
          + "ByqGSM49AgEGCCqGSM49AwEHA0IABC86PVjmJ0rtpDykckeb5kwaB7BsmDz0H8O1EtQp2r"
          + "ud7i2lYrUq0uohKLWPJTmkZc7TSIPLgWX2ybD94ZRTWbGjITAfMB0GA1UdDgQWBBTyCbsN"
          + "X+CLn8EcIDR1xeHeaNFN3jAKBggqhkjOPQQDAgNIADBFAiBZhlsReC9oUHpP54szZFHS2P"
          + "AdFQP3XAxsvChhUaMNHAIhAMUqI7+C7izJ13JPb0UFFchloRyMdk2schp4JqhaJ5b8";

  private static ClientCertificate trusting(String proxies) {
    return new ClientCertificate(
        new Environment(
            Map.of("TALLYSTICK_CLIENT_CERT_HEADER", HEADER, "TALLYSTICK_TRUSTED_PROXIES", proxies)),
        Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));
  }

  private static Optional<byte[]> hash(String proxies, String from, String... values) {
    return trusting(proxies).hash(request(from, null, values));
  }

  private static byte[] hashOf(String certificate) {
    return Sha256.of(Base64.getDecoder().decode(certificate));
  }

  private static HttpServletRequest request(
      String from, X509Certificate[] ofTls, String... values) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ClientCertificateTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> from;
                  case "getAttribute" -> ofTls;
                  case "getHeaders" -> Collections.enumeration(List.of(values));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static String pem(String certificate) {
    String text =
        "-----BEGIN CERTIFICATE-----\n"
            + certificate.replaceAll("(.{64})", "$1\n")
            + "\n-----END CERTIFICATE-----\n";
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void headerOfATrustedProxy_isBelieved_inBothForms() {
    for (String value : List.of(":" + GOOD + ":", pem(GOOD))) {
      assertThat(hash("10.0.0.1, 10.0.0.2", "10.0.0.2", value))
          .hasValueSatisfying(hash -> assertThat(hash).isEqualTo(hashOf(GOOD)));
    }
    assertThat(hash("::1", "0:0:0:0:0:0:0:1", ":" + GOOD + ":")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.3", "10.0.0.20", "::1", "localhost", "", "10.0.0.2.evil.example"})
  void headerOfAnybodyElse_isIgnored(String from) {
    assertThat(hash("10.0.0.1,10.0.0.2", from, ":" + GOOD + ":")).isEmpty();
  }

  @Test
  void header_isIgnored_whereNoneIsNamed_orNoProxy() {
    assertThat(hash("", "10.0.0.1", ":" + GOOD + ":")).isEmpty();
    ClientCertificate none =
        new ClientCertificate(
            new Environment(Map.of("TALLYSTICK_TRUSTED_PROXIES", "10.0.0.1")), Clock.systemUTC());
    assertThat(none.hash(request("10.0.0.1", null, ":" + GOOD + ":"))).isEmpty();
  }

  @Test
  void twoHeaders_orSomethingElse_areNone() {
    String good = ":" + GOOD + ":";
    assertThat(hash("10.0.0.1", "10.0.0.1", good, ":" + OTHER + ":")).isEmpty();
    assertThat(hash("10.0.0.1", "10.0.0.1", good, good)).isEmpty();
    assertThat(hash("10.0.0.1", "10.0.0.1")).isEmpty();
    for (String bad :
        List.of(
            "",
            ":",
            "::",
            ":AAAA:",
            GOOD,
            ":" + GOOD,
            "%",
            "-----BEGIN CERTIFICATE-----",
            ":" + "A".repeat(20_000) + ":",
            pem(GOOD) + pem(OTHER),
            ":" + GOOD + GOOD + ":")) {
      assertThat(hash("10.0.0.1", "10.0.0.1", bad)).as(bad).isEmpty();
    }
  }

  @Test
  void certificateThatIsOver_isNone() {
    assertThat(hash("10.0.0.1", "10.0.0.1", ":" + OVER + ":")).isEmpty();
  }

  @Test
  void certificateOfTls_goesFirst() throws Exception {
    X509Certificate ofTls =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(OTHER)));
    assertThat(
            trusting("10.0.0.1")
                .hash(request("10.0.0.1", new X509Certificate[] {ofTls}, ":" + GOOD + ":")))
        .hasValueSatisfying(hash -> assertThat(hash).isEqualTo(hashOf(OTHER)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.1 10.0.0.2", "10.0.0.0/8", "999.1.1.1"})
  void proxies_thatAreNoAddresses_areRefusedAtOnce(String proxies) {
    assertThatThrownBy(() -> trusting(proxies)).isInstanceOf(IllegalStateException.class);
  }
}
