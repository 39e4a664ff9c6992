package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that are dead, slow, half open, or want the bank to go elsewhere. */
class ExchangeTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, String> HEADERS = Map.of("webhook-id", "x");
  private static final String OK = "HTTP/1.1 204 No Content\r\n\r\n";
  private static final Duration WHOLE = Duration.ofMillis(1500);
  private static final char[] PASSWORD = "a password".toCharArray();

  private final ScheduledExecutorService watchdog = Executors.newScheduledThreadPool(1);

  @AfterEach
  void end() {
    watchdog.shutdownNow();
  }

  private Exchange exchange(
      SSLSocketFactory tls, Predicate<InetAddress> permitted, Exchange.Resolver resolver) {
    return new Exchange(
        tls, permitted, resolver, new Exchange.Bounds(Duration.ofMillis(500), WHOLE), watchdog);
  }

  private Exchange exchange() {
    return exchange(
        (SSLSocketFactory) SSLSocketFactory.getDefault(), any -> true, InetAddress::getAllByName);
  }

  private ExchangeResult to(Receiver receiver) {
    return exchange().post(receiver.address(), HEADERS, BODY);
  }

  @Test
  void request_isWholeAndPlain_andAnySuccessIsOne() throws IOException {
    try (Receiver receiver = Receiver.plain(Receiver.saying(OK))) {
      assertThat(to(receiver)).isEqualTo(ExchangeResult.answered(204));
      assertThat(to(receiver).good()).isTrue();
      assertThat(receiver.requests().get(0))
          .isEqualTo(
              "POST /in?x=1 HTTP/1.1\r\nHost: 127.0.0.1:"
                  + receiver.port()
                  + "\r\nwebhook-id: x\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{\"a\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 301, 302, 307, 308, 400, 404, 410, 429, 500, 503})
  void answer_thatIsNoSuccess_isNone_andNobodyFollowsIt(int status) throws IOException {
    try (Receiver elsewhere = Receiver.plain(Receiver.saying(OK));
        Receiver receiver =
            Receiver.plain(
                Receiver.saying(
                    "HTTP/1.1 "
                        + status
                        + " X\r\nLocation: http://127.0.0.1:"
                        + elsewhere.port()
                        + "/\r\n\r\n"))) {
      ExchangeResult result = to(receiver);
      assertThat(result).isEqualTo(ExchangeResult.answered(status));
      assertThat(result.good()).isFalse();
      assertThat(result.gone()).isEqualTo(status == 410);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void receiver_thatIsDead_isToldSo() throws IOException {
    WebhookAddress address;
    try (Receiver receiver = Receiver.plain(Receiver.saying(OK))) {
      address = receiver.address();
    }
    assertThat(exchange().post(address, HEADERS, BODY)).isEqualTo(ExchangeResult.NO_CONNECTION);
  }

  @Test
  void receiver_thatHangsUp_orSpeaksNoHttp_isToldSo() throws IOException {
    try (Receiver mute = Receiver.plain(Receiver.saying(""));
        Receiver other = Receiver.plain(Receiver.saying("220 mail.example ESMTP\r\n"))) {
      assertThat(to(mute)).isEqualTo(ExchangeResult.NO_CONNECTION);
      assertThat(to(other)).isEqualTo(ExchangeResult.NO_HTTP);
    }
  }

  @Test
  void receiver_thatNeverAnswers_orNeverEndsItsStatus_isGivenUpInTime() throws IOException {
    try (Receiver halfOpen = Receiver.plain(out -> Thread.sleep(20_000));
        Receiver drip =
            Receiver.plain(
                out -> {
                  for (int i = 0; i < 200; i++) {
                    out.write('H');
                    out.flush();
                    Thread.sleep(100);
                  }
                })) {
      for (Receiver receiver : List.of(halfOpen, drip)) {
        long start = System.nanoTime();
        assertThat(to(receiver)).isEqualTo(ExchangeResult.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isBetween(WHOLE.minusMillis(100), WHOLE.plusSeconds(5));
      }
    }
  }

  @Test
  void answer_withoutEnd_isReadToOneKibibyte_andNoFurther() throws IOException {
    AtomicInteger written = new AtomicInteger();
    try (Receiver receiver =
        Receiver.plain(
            out -> {
              out.write(OK.getBytes(StandardCharsets.US_ASCII));
              byte[] block = new byte[64 * 1024];
              while (written.get() < 256 * 1024 * 1024) {
                out.write(block);
                written.addAndGet(block.length);
              }
            })) {
      assertThat(to(receiver)).isEqualTo(ExchangeResult.answered(204));
    }
    assertThat(written.get()).isLessThan(64 * 1024 * 1024); // what sockets keep, not all of it
  }

  @Test
  void answer_thatIsOneLongLine_isNoHttp() throws IOException {
    try (Receiver receiver = Receiver.plain(Receiver.saying("H".repeat(5000)))) {
      assertThat(to(receiver)).isEqualTo(ExchangeResult.NO_HTTP);
    }
  }

  @Test
  void name_withOneAddressThatIsNotPermitted_getsNothing_andIsAskedForOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    InetAddress open = InetAddress.getByName("93.184.216.34");
    try (Receiver receiver = Receiver.plain(Receiver.saying(OK))) {
      Exchange strict =
          exchange(
              (SSLSocketFactory) SSLSocketFactory.getDefault(),
              PublicAddresses::has,
              host -> {
                asked.incrementAndGet();
                return new InetAddress[] {open, InetAddress.getLoopbackAddress()};
              });
      assertThat(strict.post(receiver.address(), HEADERS, BODY))
          .isEqualTo(ExchangeResult.NOT_PERMITTED);
      assertThat(receiver.requests()).isEmpty();
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void name_thatChangesItsMind_isConnectedToAtTheAddressThatWasLookedAt() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (Receiver receiver = Receiver.plain(Receiver.saying(OK))) {
      Exchange exchange =
          exchange(
              (SSLSocketFactory) SSLSocketFactory.getDefault(),
              InetAddress::isLoopbackAddress,
              host -> {
                if (asked.incrementAndGet() > 1) {
                  throw new UnknownHostException("a second look");
                }
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
              });
      WebhookAddress named = new WebhookAddress(false, "rebinding.example", receiver.port(), "/");
      assertThat(exchange.post(named, HEADERS, BODY)).isEqualTo(ExchangeResult.answered(204));
      assertThat(asked).hasValue(1);
      assertThat(receiver.requests().get(0)).contains("\r\nHost: rebinding.example:");
    }
  }

  @Test
  void name_thatThereIsNot_isToldSo() {
    Exchange exchange =
        exchange(
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            any -> true,
            host -> {
              throw new UnknownHostException(host);
            });
    WebhookAddress nowhere = new WebhookAddress(true, "nowhere.example", 443, "/");
    assertThat(exchange.post(nowhere, HEADERS, BODY)).isEqualTo(ExchangeResult.NO_SUCH_HOST);
  }

  @Test
  void nameThatIsNotResolvedInTime_isATimeout() {
    Exchange exchange =
        exchange(
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            any -> true,
            host -> {
              throw new TimeoutException(host);
            });
    WebhookAddress slow = new WebhookAddress(true, "slow.example", 443, "/");
    assertThat(exchange.post(slow, HEADERS, BODY)).isEqualTo(ExchangeResult.TIMEOUT);
  }

  @Test
  void tls_isSpokenWithTheName_andOnlyItsCertificateIsBelieved(@TempDir Path folder)
      throws Exception {
    KeyStore store = certificate(folder);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
    ServerSocket socket =
        server.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Exchange.Resolver here = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    try (Receiver receiver = new Receiver(socket, Receiver.saying(OK))) {
      Exchange believing = exchange(client.getSocketFactory(), any -> true, here);
      assertThat(believing.post(at("hooks.example.org", receiver), HEADERS, BODY))
          .isEqualTo(ExchangeResult.answered(204));
      assertThat(receiver.requests()).hasSize(1);
      assertThat(believing.post(at("other.example.org", receiver), HEADERS, BODY))
          .isEqualTo(ExchangeResult.TLS_REFUSED);
      Exchange stranger =
          exchange((SSLSocketFactory) SSLSocketFactory.getDefault(), any -> true, here);
      assertThat(stranger.post(at("hooks.example.org", receiver), HEADERS, BODY))
          .isEqualTo(ExchangeResult.TLS_REFUSED);
    }
  }

  private static WebhookAddress at(String name, Receiver receiver) {
    return new WebhookAddress(true, name, receiver.port(), "/");
  }

  /** By the platform's own tool, for hooks.example.org. */
  private static KeyStore certificate(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                tool,
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=hooks",
                "-ext",
                "san=dns:hooks.example.org",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    // as one that is believed, beside the key
    store.setCertificateEntry("trusted", store.getCertificate("a"));
    return store;
  }
}
