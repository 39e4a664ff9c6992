package org.tallystick.broker;

import org.apache.activemq.artemis.jms.client.ActiveMQQueue;

/** Queue as an administered object; servers set its one bean property, {@code PhysicalName}. */
public class BrokerQueue extends ActiveMQQueue {
  private static final long serialVersionUID = 1L;

  /** For servers, which set the physical name afterwards. */
  public BrokerQueue() {
    super();
  }

  /**
   * Names the queue this object stands for.
   *
   * @param physicalName the address on the broker, such as {@link BrokerAddresses#HALVES}
   */
  public void setPhysicalName(String physicalName) {
    setAddress(physicalName);
  }

  /** Returns the address on the broker. */
  public String getPhysicalName() {
    return getQueueName();
  }
}
