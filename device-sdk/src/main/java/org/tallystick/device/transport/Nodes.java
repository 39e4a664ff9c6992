package org.tallystick.device.transport;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** The addresses of one bank, and at which of them to begin. */
final class Nodes {
  private final List<BankAddress> addresses;
  private final boolean inTurn;
  private final AtomicInteger turn;

  Nodes(BankRoutes routes, RandomGenerator chance) {
    this.addresses = routes.baseUrls().stream().map(BankAddress::of).toList();
    this.inTurn = routes.inTurn();
    this.turn = new AtomicInteger(inTurn ? chance.nextInt(addresses.size()) : 0);
  }

  int count() {
    return addresses.size();
  }

  /** Where the next request begins. */
  int first() {
    return inTurn ? Math.floorMod(turn.getAndIncrement(), addresses.size()) : 0;
  }

  /** The address so many steps along. */
  BankAddress at(int step) {
    return addresses.get(Math.floorMod(step, addresses.size()));
  }
}
