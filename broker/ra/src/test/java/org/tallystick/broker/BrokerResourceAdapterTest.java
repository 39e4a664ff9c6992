package org.tallystick.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSContext;
import jakarta.resource.spi.BootstrapContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerResourceAdapterTest {
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("TALLYSTICK_MQ_DATA");
  }

  @Test
  void adapter_noHost_ownsABrokerThatKeepsMessagesOverARestart() throws Exception {
    System.setProperty("TALLYSTICK_MQ_DATA", folder.toString());
    BrokerQueue halves = new BrokerQueue();
    halves.setPhysicalName(BrokerAddresses.HALVES);
    withAdapter(context -> context.createProducer().send(halves, "kept"));
    withAdapter(
        context ->
            assertThat(context.createConsumer(halves).receiveBody(String.class, 5_000))
                .isEqualTo("kept"));
  }

  private interface Step {
    void run(JMSContext context);
  }

  private static void withAdapter(Step step) throws Exception {
    BrokerResourceAdapter adapter = new BrokerResourceAdapter();
    adapter.start(bootstrapContext());
    try (ActiveMQConnectionFactory factory = new ActiveMQJMSConnectionFactory("vm://0");
        JMSContext context = factory.createContext()) {
      step.run(context);
    } finally {
      adapter.stop();
    }
  }

  private static BootstrapContext bootstrapContext() {
    return (BootstrapContext)
        Proxy.newProxyInstance(
            BrokerResourceAdapterTest.class.getClassLoader(),
            new Class<?>[] {BootstrapContext.class},
            (proxy, method, args) -> null);
  }
}
