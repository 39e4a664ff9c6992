package org.tallystick.tls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Sha256;
import org.tallystick.node.Environment;

/**
 * The certificate that the other side of a connection has proved to hold the key of: as this
 * server's own TLS knows it, or else as a trusted proxy says in a header.
 *
 * <p>{@code TALLYSTICK_CLIENT_CERT_HEADER} names the header, which {@link TrustedProxies} may send.
 * From anybody else it is as if it were not there. The proxy must take away the header where a
 * client has sent it.
 *
 * <p>Source: RFC 8705, 2; RFC 9440, 2.2 ({@code :base64:}); beside that the PEM text,
 * percent-encoded, that common proxies write.
 */
@ApplicationScoped
public class ClientCertificate {
  private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";
  private static final int MAX_HEADER = 16 * 1024;
  private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String PEM_END = "-----END CERTIFICATE-----";

  private @Nullable String header;
  private @Nullable TrustedProxies proxies;
  private Clock clock = Clock.systemUTC();

  /** For the container's proxies only. */
  protected ClientCertificate() {}

  /**
   * Takes header and proxies from the environment.
   *
   * @throws IllegalStateException if a proxy is named by something else than an address
   */
  @Inject
  public ClientCertificate(Environment environment, Clock clock) {
    this.clock = clock;
    header = environment.text("TALLYSTICK_CLIENT_CERT_HEADER").map(String::strip).orElse(null);
    proxies = new TrustedProxies(environment);
  }

  /** SHA-256 of the certificate, if there is one that is valid now. */
  public Optional<byte[]> hash(HttpServletRequest request) {
    Optional<X509Certificate> own = ofTls(request.getAttribute(ATTRIBUTE));
    return own.or(() -> ofProxy(request)).flatMap(this::hash);
  }

  private static Optional<X509Certificate> ofTls(@Nullable Object attribute) {
    return attribute instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }

  private Optional<X509Certificate> ofProxy(HttpServletRequest request) {
    if (header == null || !isTrusted(request.getRemoteAddr())) {
      return Optional.empty();
    }
    List<String> values = Collections.list(request.getHeaders(header));
    return values.size() == 1 && values.get(0).length() <= MAX_HEADER
        ? certificate(values.get(0).strip())
        : Optional.empty();
  }

  private boolean isTrusted(String remoteAddress) {
    Optional<InetAddress> address = TrustedProxies.address(remoteAddress);
    return proxies != null && address.filter(proxies::has).isPresent();
  }

  private Optional<byte[]> hash(X509Certificate certificate) {
    Instant now = clock.instant();
    try {
      return now.isBefore(certificate.getNotBefore().toInstant())
              || now.isAfter(certificate.getNotAfter().toInstant())
          ? Optional.empty()
          : Optional.of(Sha256.of(certificate.getEncoded()));
    } catch (CertificateException e) {
      return Optional.empty(); // it cannot be encoded: none
    }
  }

  private static Optional<X509Certificate> certificate(String value) {
    try {
      byte[] der =
          value.length() > 2 && value.startsWith(":") && value.endsWith(":")
              ? Base64.getDecoder().decode(value.substring(1, value.length() - 1))
              : pem(value);
      ByteArrayInputStream bytes = new ByteArrayInputStream(der);
      X509Certificate read =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
      return bytes.available() == 0 ? Optional.of(read) : Optional.empty();
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty(); // whatever it is, it is no certificate
    }
  }

  /** Of one certificate; percent-encoding leaves a plus sign as it is, unlike that of forms. */
  private static byte[] pem(String encoded) {
    String text = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8).strip();
    if (!text.startsWith(PEM_BEGIN) || !text.endsWith(PEM_END)) {
      throw new IllegalArgumentException("no PEM");
    }
    String body = text.substring(PEM_BEGIN.length(), text.length() - PEM_END.length());
    return Base64.getDecoder().decode(body.replaceAll("[\\r\\n\\t ]", ""));
  }
}
