package org.tallystick.broker;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * A broker inside this process, with a journal on disk: what it has accepted survives a kill.
 *
 * <p>Always reachable inside the virtual machine; over TCP only where an acceptor is asked for, and
 * then on loopback only, with the user and password of its {@link SingleUserSecurity}.
 */
final class EmbeddedBroker implements AutoCloseable {
  private static final long START_TIMEOUT_SECONDS = 60;
  private static final int MAX_DISK_USAGE_PERCENT = 95;
  private static final long GLOBAL_MEMORY_BYTES = 96L << 20;
  private static final int JOURNAL_FILE_BYTES = 10 << 20;

  /** The default of 3.3 ms would be paid by every durable send and commit. */
  private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 200_000;

  private final EmbeddedActiveMQ server;

  private EmbeddedBroker(EmbeddedActiveMQ server) {
    this.server = server;
  }

  /** Starts a broker that only this virtual machine can reach. */
  static EmbeddedBroker inVm(Path folder, int serverId) {
    return start(new EmbeddedActiveMQ(), inVmConfiguration(folder, serverId));
  }

  /** Starts a broker that also listens on a TCP port of the loopback interface. */
  static EmbeddedBroker onLoopback(
      Path folder, int serverId, int port, SingleUserSecurity security) {
    Configuration configuration = inVmConfiguration(folder, serverId).setSecurityEnabled(true);
    try {
      configuration.addAcceptorConfiguration(
          "tcp", "tcp://127.0.0.1:" + port + "?protocols=CORE;useEpoll=false");
    } catch (Exception e) {
      throw new IllegalStateException("the TCP acceptor was refused", e);
    }
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server.setSecurityManager(security);
    return start(server, configuration);
  }

  private static Configuration inVmConfiguration(Path folder, int serverId) {
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration
        .setName("tallystick")
        .setPersistenceEnabled(true)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setJournalType(JournalType.NIO)
        .setJournalFileSize(JOURNAL_FILE_BYTES)
        .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
        .setJournalDirectory(absolute(folder, "journal"))
        .setBindingsDirectory(absolute(folder, "bindings"))
        .setPagingDirectory(absolute(folder, "paging"))
        .setLargeMessagesDirectory(absolute(folder, "large"))
        .setNodeManagerLockDirectory(absolute(folder, "lock"))
        .setPersistDeliveryCountBeforeDelivery(false)
        .setGlobalMaxSize(GLOBAL_MEMORY_BYTES)
        .setMaxDiskUsage(MAX_DISK_USAGE_PERCENT)
        .setClusterPassword(UUID.randomUUID().toString());
    BrokerAddresses.addTo(configuration);
    try {
      return configuration.addAcceptorConfiguration("in-vm", "vm://" + serverId);
    } catch (Exception e) {
      throw new IllegalStateException("the in-VM acceptor was refused", e);
    }
  }

  private static EmbeddedBroker start(EmbeddedActiveMQ server, Configuration configuration) {
    server.setConfiguration(configuration);
    EmbeddedBroker broker = new EmbeddedBroker(server);
    boolean active = false;
    try {
      server.start();
      active =
          server.getActiveMQServer().waitForActivation(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the broker started", e);
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not start", e);
    } finally {
      if (!active) {
        broker.close();
      }
    }
    if (!active) {
      throw new IllegalStateException("the broker did not become active; is its folder in use?");
    }
    return broker;
  }

  private static String absolute(Path folder, String name) {
    return folder.resolve(name).toAbsolutePath().toString();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not stop cleanly", e);
    }
  }
}
