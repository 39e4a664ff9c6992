package org.tallystick.launcher;

import java.nio.file.Path;
import java.util.Map;

/**
 * What bank is to run on this machine.
 *
 * @param folder its data folder
 * @param httpPort TCP port of the first node, the others follow; 0 takes free ones
 * @param nodes how many
 * @param environment for each node, on top of this process's own
 * @param broker where the nodes' messages go
 */
public record BankPlan(
    Path folder, int httpPort, int nodes, Map<String, String> environment, Broker broker) {
  /** Most nodes that the launcher starts on one machine. */
  public static final int MAX_NODES = 8;

  /** Where messages go. */
  public enum Broker {
    /** Inside each node; what one node says the others do not hear. Right for one node only. */
    EMBEDDED,
    /** One process for all nodes. */
    SHARED
  }

  /** Checks the number of nodes. */
  public BankPlan {
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new LaunchException("a bank on one machine has 1 to " + MAX_NODES + " nodes");
    }
    environment = Map.copyOf(environment);
  }

  /** One node with a broker inside, or several with one broker beside them. */
  public static BankPlan of(Path folder, int httpPort, int nodes) {
    Broker broker = nodes == 1 ? Broker.EMBEDDED : Broker.SHARED;
    return new BankPlan(folder, httpPort, nodes, Map.of(), broker);
  }

  /** The same with this environment. */
  public BankPlan with(Map<String, String> more) {
    return new BankPlan(folder, httpPort, nodes, more, broker);
  }

  /** The same with another broker. */
  public BankPlan with(Broker other) {
    return new BankPlan(folder, httpPort, nodes, environment, other);
  }
}
