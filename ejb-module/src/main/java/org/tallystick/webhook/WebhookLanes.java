package org.tallystick.webhook;

import java.util.HashMap;
import java.util.Map;

/** How many deliveries are under way at this node, in all and to each webhook. */
final class WebhookLanes {
  /** In all. */
  static final int MOST = 16;

  /** To one webhook, so that a slow receiver leaves room for others. */
  static final int EACH = 4;

  private final Map<Long, Integer> busy = new HashMap<>();
  private int underWay;

  synchronized int free() {
    return MOST - underWay;
  }

  synchronized Map<Long, Integer> busy() {
    return Map.copyOf(busy);
  }

  synchronized void enter(long webhook) {
    underWay++;
    busy.merge(webhook, 1, Integer::sum);
  }

  synchronized void leave(long webhook) {
    underWay--;
    busy.computeIfPresent(webhook, (id, count) -> count == 1 ? null : count - 1);
  }
}
