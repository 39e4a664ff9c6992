package org.tallystick.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some deliveries of a webhook, newest first.
 *
 * @param deliveries the page
 * @param next give this back to get the next page; null on the last
 */
public record DeliveryPage(List<Delivery> deliveries, @Nullable String next) {
  /** Copies the list. */
  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }
}
