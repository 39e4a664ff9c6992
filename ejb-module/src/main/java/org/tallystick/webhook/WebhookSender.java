package org.tallystick.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import org.tallystick.node.Environment;

/** Signs a delivery and sends it; nothing here is in a transaction. */
@ApplicationScoped
public class WebhookSender {
  private static final String LOOPBACK = "TALLYSTICK_WEBHOOK_LOOPBACK";

  @Inject Environment environment;
  @Inject SecretVault vault;
  @Inject Clock clock;

  /** Whether webhooks may reach this machine, for tests; never in production. */
  public boolean loopback() {
    return environment.text(LOOPBACK).filter("true"::equals).isPresent();
  }

  /**
   * How this node reaches receivers.
   *
   * @param lookups look names up, and refuse what they cannot begin at once
   */
  public Exchange exchange(ScheduledExecutorService watchdog, Executor lookups) {
    boolean loopback = loopback();
    return new Exchange(
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        address -> PublicAddresses.has(address) || (loopback && address.isLoopbackAddress()),
        new BoundedResolver(InetAddress::getAllByName, lookups, BoundedResolver.USUAL),
        Exchange.Bounds.USUAL,
        watchdog);
  }

  /** Sends one and says what came of it. */
  public ExchangeResult send(ClaimedDelivery delivery, Exchange exchange) {
    Optional<WebhookAddress> address = WebhookAddress.of(delivery.url(), loopback());
    if (address.isEmpty()) {
      return ExchangeResult.NOT_PERMITTED;
    }
    byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
    return exchange.post(address.get(), headers(delivery, body), body);
  }

  private Map<String, String> headers(ClaimedDelivery delivery, byte[] body) {
    String id = delivery.publicId().toString();
    long timestamp = clock.instant().getEpochSecond();
    List<WebhookSecret> secrets = vault.open(delivery.secrets(), delivery.webhookPublicId());
    try {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Content-Type", "application/json");
      headers.put("User-Agent", "Tallystick-Webhooks/1");
      headers.put("webhook-id", id);
      headers.put("webhook-timestamp", Long.toString(timestamp));
      headers.put("webhook-signature", WebhookSecret.signatures(secrets, id, timestamp, body));
      return headers;
    } finally {
      secrets.forEach(WebhookSecret::close);
    }
  }
}
