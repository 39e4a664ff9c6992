package org.tallystick.broker;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The same broker as a process of its own, reachable over TCP on loopback: the remote broker of
 * tests and drills.
 *
 * <p>Reads {@code TALLYSTICK_MQ_DATA}, {@code TALLYSTICK_MQ_PORT}, {@code TALLYSTICK_MQ_USER} and
 * {@code TALLYSTICK_MQ_PASSWORD} (the last two are required); prints {@code broker ready} once it
 * accepts connections and runs until it gets a termination signal.
 */
public final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Runs the broker until the process is told to stop.
   *
   * @param args none
   * @throws InterruptedException if the main thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    BrokerSettings settings = BrokerSettings.fromEnvironment();
    String user = required(settings.user(), "TALLYSTICK_MQ_USER");
    String password = required(settings.password(), "TALLYSTICK_MQ_PASSWORD");
    EmbeddedBroker broker =
        EmbeddedBroker.onLoopback(
            settings.dataFolder(), 0, settings.port(), new SingleUserSecurity(user, password));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
    System.out.println("broker ready on port " + settings.port());
    new CountDownLatch(1).await();
  }

  private static String required(Optional<String> value, String name) {
    return value.orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
  }
}
