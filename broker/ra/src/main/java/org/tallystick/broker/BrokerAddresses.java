package org.tallystick.broker;

import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

/**
 * The addresses the broker knows, and the bounds of each.
 *
 * <p>Nothing is created by the mere use of a name: a misspelt queue is an error, not a place where
 * messages silently gather.
 */
public final class BrokerAddresses {
  /** Queue of accepted halves that wait to be stored. */
  public static final String HALVES = "tallystick.halves";

  /** Queue of transactions whose two halves are stored and that wait for a decision. */
  public static final String PAIRED = "tallystick.paired";

  /** Topic that tells every node of an answer it may have to push to a device. */
  public static final String ANSWERS = "tallystick.answers";

  /** Queue of messages that failed {@link #MAX_DELIVERY_ATTEMPTS} times. */
  public static final String DEAD = "tallystick.dead";

  /** Queue of messages that outlived their time to live. */
  public static final String EXPIRED = "tallystick.expired";

  /** Deliveries after which a message moves to {@link #DEAD}; a killed process uses none up. */
  public static final int MAX_DELIVERY_ATTEMPTS = 6;

  static final List<String> QUEUES = List.of(HALVES, PAIRED, DEAD, EXPIRED);

  private static final int PAGE_SIZE_BYTES = 1 << 20;
  private static final long QUEUE_MEMORY_BYTES = 24L << 20;
  private static final long TOPIC_MEMORY_BYTES = 8L << 20;
  private static final long PAGE_LIMIT_BYTES = 4L << 30;
  private static final long REDELIVERY_DELAY_MILLIS = 200;
  private static final long MAX_REDELIVERY_DELAY_MILLIS = 10_000;

  private BrokerAddresses() {}

  static void addTo(Configuration configuration) {
    for (String queue : QUEUES) {
      configuration.addAddressConfiguration(
          new CoreAddressConfiguration()
              .setName(queue)
              .addRoutingType(RoutingType.ANYCAST)
              .addQueueConfiguration(
                  QueueConfiguration.of(queue)
                      .setRoutingType(RoutingType.ANYCAST)
                      .setDurable(true)));
    }
    configuration.addAddressConfiguration(
        new CoreAddressConfiguration().setName(ANSWERS).addRoutingType(RoutingType.MULTICAST));
    configuration.addAddressSetting("#", queueSettings());
    configuration.addAddressSetting(ANSWERS, topicSettings());
    for (String queue : List.of(DEAD, EXPIRED)) {
      configuration.addAddressSetting(queue, lastStopSettings());
    }
  }

  /** Beyond memory messages go to pages on disk; beyond the pages' limit senders get an error. */
  private static AddressSettings queueSettings() {
    return explicitOnly()
        .setDeadLetterAddress(SimpleString.of(DEAD))
        .setExpiryAddress(SimpleString.of(EXPIRED))
        .setMaxDeliveryAttempts(MAX_DELIVERY_ATTEMPTS)
        .setRedeliveryDelay(REDELIVERY_DELAY_MILLIS)
        .setRedeliveryMultiplier(2)
        .setMaxRedeliveryDelay(MAX_REDELIVERY_DELAY_MILLIS)
        .setMaxSizeBytes(QUEUE_MEMORY_BYTES)
        .setPageSizeBytes(PAGE_SIZE_BYTES)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setPageLimitBytes(PAGE_LIMIT_BYTES)
        .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL);
  }

  /** Answers are hints: a node that does not keep up loses some and its devices ask instead. */
  private static AddressSettings topicSettings() {
    return explicitOnly()
        .setMaxDeliveryAttempts(1)
        .setMaxSizeBytes(TOPIC_MEMORY_BYTES)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP);
  }

  /** No dead-letter address of their own, or a failing reader would send messages in a circle. */
  private static AddressSettings lastStopSettings() {
    return explicitOnly()
        .setDeadLetterAddress(SimpleString.of(""))
        .setExpiryAddress(SimpleString.of(""))
        .setMaxDeliveryAttempts(-1)
        .setMaxSizeBytes(TOPIC_MEMORY_BYTES)
        .setPageSizeBytes(PAGE_SIZE_BYTES)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
  }

  private static AddressSettings explicitOnly() {
    return new AddressSettings()
        .setAutoCreateQueues(false)
        .setAutoCreateAddresses(false)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }
}
