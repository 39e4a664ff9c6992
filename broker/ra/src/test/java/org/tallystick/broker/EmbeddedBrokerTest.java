package org.tallystick.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final int SERVER_ID = 7;
  private static final long TIMEOUT_MILLIS = 5_000;

  @TempDir private Path folder;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.inVm(folder, SERVER_ID);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void durableMessage_brokerStoppedAndStarted_isDelivered() throws Exception {
    Queue halves = queue(BrokerAddresses.HALVES);
    try (JMSContext context = inVm().createContext()) {
      context.createProducer().send(halves, "one half");
    }
    broker.close();
    start();
    try (JMSContext context = inVm().createContext()) {
      JMSConsumer consumer = context.createConsumer(halves);
      assertThat(consumer.receiveBody(String.class, TIMEOUT_MILLIS)).isEqualTo("one half");
    }
  }

  @Test
  void answer_twoSubscribers_reachesBoth() throws Exception {
    BrokerTopic answers = new BrokerTopic();
    answers.setPhysicalName(BrokerAddresses.ANSWERS);
    Topic topic = answers;
    try (JMSContext node1 = inVm().createContext();
        JMSContext node2 = inVm().createContext()) {
      JMSConsumer first = node1.createConsumer(topic);
      JMSConsumer second = node2.createConsumer(topic);
      node1.createProducer().send(topic, "accepted");
      assertThat(first.receiveBody(String.class, TIMEOUT_MILLIS)).isEqualTo("accepted");
      assertThat(second.receiveBody(String.class, TIMEOUT_MILLIS)).isEqualTo("accepted");
    }
  }

  @Test
  void poisonMessage_everyDeliveryRolledBack_endsInDeadQueue() throws Exception {
    try (JMSContext sender = inVm().createContext();
        JMSContext reader = inVm().createContext(JMSContext.SESSION_TRANSACTED)) {
      sender.createProducer().send(queue(BrokerAddresses.PAIRED), "poison");
      JMSConsumer consumer = reader.createConsumer(queue(BrokerAddresses.PAIRED));
      for (int i = 0; i < BrokerAddresses.MAX_DELIVERY_ATTEMPTS; i++) {
        Message message = consumer.receive(15_000);
        assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(i + 1);
        reader.rollback();
      }
      JMSConsumer dead = sender.createConsumer(queue(BrokerAddresses.DEAD));
      assertThat(dead.receiveBody(String.class, TIMEOUT_MILLIS)).isEqualTo("poison");
    }
  }

  @Test
  void unknownQueue_send_isRefused() throws Exception {
    try (JMSContext context = inVm().createContext()) {
      assertThatThrownBy(() -> context.createProducer().send(queue("tallystick.typo"), "lost"))
          .isInstanceOf(InvalidDestinationRuntimeException.class);
    }
  }

  @Test
  void loopbackBroker_wrongPassword_isRefused() throws Exception {
    int port = freePort();
    stop();
    broker =
        EmbeddedBroker.onLoopback(folder, SERVER_ID, port, new SingleUserSecurity("bank", "right"));
    try (ActiveMQConnectionFactory factory =
        new ActiveMQJMSConnectionFactory("tcp://127.0.0.1:" + port)) {
      assertThatThrownBy(() -> factory.createContext("bank", "wrong"))
          .isInstanceOf(JMSSecurityRuntimeException.class);
      try (JMSContext context = factory.createContext("bank", "right")) {
        context.createProducer().send(queue(BrokerAddresses.HALVES), "over TCP");
        assertThat(
                context
                    .createConsumer(queue(BrokerAddresses.HALVES))
                    .receiveBody(String.class, TIMEOUT_MILLIS))
            .isEqualTo("over TCP");
      }
    }
  }

  @Test
  void loginFactory_callerNamesNoUser_logsInAsTheAdapter() throws Exception {
    int port = freePort();
    stop();
    broker =
        EmbeddedBroker.onLoopback(folder, SERVER_ID, port, new SingleUserSecurity("bank", "right"));
    try (ActiveMQConnectionFactory plain =
            new ActiveMQJMSConnectionFactory("tcp://127.0.0.1:" + port);
        ActiveMQConnectionFactory login =
            new LoginConnectionFactory(plain.getServerLocator(), "bank", "right")) {
      try (JMSContext context = login.createContext("", "")) {
        context.createProducer().send(queue(BrokerAddresses.HALVES), "logged in");
      }
      assertThatThrownBy(() -> login.createContext("bank", "wrong"))
          .isInstanceOf(JMSSecurityRuntimeException.class);
    }
  }

  private static ConnectionFactory inVm() throws Exception {
    return new ActiveMQJMSConnectionFactory("vm://" + SERVER_ID);
  }

  private static Queue queue(String name) {
    BrokerQueue queue = new BrokerQueue();
    queue.setPhysicalName(name);
    return queue;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
