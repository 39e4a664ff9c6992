package org.tallystick.broker;

import org.apache.activemq.artemis.jms.client.ActiveMQTopic;

/** Topic as an administered object; servers set its one bean property, {@code PhysicalName}. */
public class BrokerTopic extends ActiveMQTopic {
  private static final long serialVersionUID = 1L;

  /** For servers, which set the physical name afterwards. */
  public BrokerTopic() {
    super();
  }

  /**
   * Names the topic this object stands for.
   *
   * @param physicalName the address on the broker, such as {@link BrokerAddresses#ANSWERS}
   */
  public void setPhysicalName(String physicalName) {
    setAddress(physicalName);
  }

  /** Returns the address on the broker. */
  public String getPhysicalName() {
    return getTopicName();
  }
}
