package org.tallystick.launcher.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tallystick.device.result.Result;
import org.tallystick.device.transport.Backoff;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.BankRoutes;
import org.tallystick.device.transport.ForwardingBankConnection;
import org.tallystick.device.transport.HttpBankConnection;

/**
 * Makes sure that nothing sticks to a node: each half goes to a node chosen at random, and its
 * answer is awaited at another one, on a web socket or by long poll as chance has it. Where the
 * chosen node is away the others serve, as for any device.
 */
final class SpreadConnection extends ForwardingBankConnection {
  private static final int SWALLOW_ONE_IN = 100;

  private final List<HttpBankConnection> pushed = new ArrayList<>();
  private final List<HttpBankConnection> polled = new ArrayList<>();
  private final AnswerTally tally;
  private final Random chance;
  private final boolean swallows;
  private final Set<String> swallowed = ConcurrentHashMap.newKeySet();
  private int sentTo;

  /**
   * @param bank for everything that is no half and no answer
   * @param routes to the nodes
   * @param tally hears how answers come
   * @param swallows plants a node that says of one code in a hundred that it is on disk, and
   *     forgets it, however often it comes
   */
  SpreadConnection(
      BankConnection bank, BankRoutes routes, AnswerTally tally, long seed, boolean swallows) {
    super(bank);
    this.swallows = swallows;
    this.tally = tally;
    this.chance = new Random(seed);
    for (int node = 0; node < routes.baseUrls().size(); node++) {
      BankRoutes preferring = routes.preferring(node);
      pushed.add(connection(preferring.watchedBy(tally.ofPushes())));
      polled.add(connection(preferring.withoutPush().watchedBy(tally.ofPolls())));
    }
  }

  private HttpBankConnection connection(BankRoutes routes) {
    return new HttpBankConnection(routes, Backoff.standard(new Random(chance.nextLong())));
  }

  @Override
  public Result<String> send(String code) {
    int node;
    synchronized (chance) {
      node = chance.nextInt(polled.size());
      sentTo = node;
      if (swallows && !swallowed.contains(code) && chance.nextInt(SWALLOW_ONE_IN) == 0) {
        swallowed.add(code);
      }
    }
    if (swallowed.contains(code)) {
      return Result.ok("ACCEPTED");
    }
    return polled.get(node).send(code);
  }

  @Override
  public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
    int node;
    boolean push;
    synchronized (chance) {
      node = (sentTo + 1 + chance.nextInt(polled.size() - 1)) % polled.size();
      push = chance.nextInt(4) > 0;
    }
    if (push) {
      return pushed.get(node).answers(pickups, wait);
    }
    tally.polls(pickups);
    return polled.get(node).answers(pickups, wait);
  }

  @Override
  public void close() {
    pushed.forEach(HttpBankConnection::close);
    polled.forEach(HttpBankConnection::close);
    super.close();
  }
}
