package org.tallystick.broker;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.apache.activemq.artemis.ra.ConnectionFactoryProperties;
import org.jspecify.annotations.Nullable;

/**
 * JMS resource adapter. By default it owns a journalled broker inside the server's virtual machine
 * (folder {@code TALLYSTICK_MQ_DATA}); where {@code TALLYSTICK_MQ_HOST} is set it is a TCP client
 * of that broker and reconnects for ever.
 *
 * <p>The broker starts with the adapter and stops after it, so message-driven beans never see it
 * half up.
 */
public class BrokerResourceAdapter extends ActiveMQResourceAdapter {
  private static final long serialVersionUID = 1L;

  private static final int SERVER_ID = 0;
  private static final long RETRY_INTERVAL_MILLIS = 500;
  private static final long MAX_RETRY_INTERVAL_MILLIS = 5_000;
  private static final long CALL_TIMEOUT_MILLIS = 10_000;

  private transient @Nullable EmbeddedBroker broker;
  private transient @Nullable BrokerSettings remote;

  /** For servers, which read the class name from {@code ra.xml}. */
  public BrokerResourceAdapter() {
    super();
  }

  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    try {
      BrokerSettings settings = BrokerSettings.fromEnvironment();
      if (settings.remote()) {
        remote = settings;
        connectTo(settings);
      } else {
        broker = EmbeddedBroker.inVm(settings.dataFolder(), SERVER_ID);
        setConnectorClassName(InVMConnectorFactory.class.getName());
        setConnectionParameters("serverId=" + SERVER_ID);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ResourceAdapterInternalException("the broker is not available", e);
    }
    super.start(context);
  }

  /**
   * Consumers wait for the broker however long it is away; a sender gets an error in bounded time.
   */
  private void connectTo(BrokerSettings settings) {
    setConnectorClassName(NettyConnectorFactory.class.getName());
    setConnectionParameters("host=" + settings.host().orElseThrow() + ";port=" + settings.port());
    settings.user().ifPresent(this::setUserName);
    settings.password().ifPresent(this::setPassword);
    setReconnectAttempts(-1);
    setSetupAttempts(-1);
    setSetupInterval(RETRY_INTERVAL_MILLIS);
    setRetryInterval(RETRY_INTERVAL_MILLIS);
    setRetryIntervalMultiplier(2.0);
    setMaxRetryInterval(MAX_RETRY_INTERVAL_MILLIS);
    setCallTimeout(CALL_TIMEOUT_MILLIS);
    setCallFailoverTimeout(CALL_TIMEOUT_MILLIS);
  }

  @Override
  public ActiveMQConnectionFactory newConnectionFactory(ConnectionFactoryProperties properties) {
    ActiveMQConnectionFactory made = super.newConnectionFactory(properties);
    BrokerSettings settings = remote;
    if (settings == null || settings.user().isEmpty()) {
      return made;
    }
    return new LoginConnectionFactory(
        made.getServerLocator(), settings.user().orElseThrow(), settings.password().orElseThrow());
  }

  @Override
  public void stop() {
    super.stop();
    EmbeddedBroker owned = broker;
    broker = null;
    if (owned != null) {
      owned.close();
    }
  }
}
