package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** How common words are among the customers' names: the same on every node for a generation. */
@ApplicationScoped
public class Customers {
  private static final Logger LOG = System.getLogger(Customers.class.getName());

  @EJB CustomerWords words;

  /** What was counted for a generation; the node that asks first counts. */
  public CustomerCorpus of(long generation) {
    Optional<CustomerCorpus> kept = words.of(generation);
    return kept.isPresent() ? kept.get() : words.keep(generation, counted());
  }

  private CustomerCorpus counted() {
    CustomerCount count = new CustomerCount();
    int left = 0;
    long step = words.step();
    List<Long> some = words.some(0, step);
    while (!some.isEmpty()) {
      left += count(count, some);
      some = words.some(some.get(some.size() - 1), step);
    }
    if (left > 0) {
      LOG.log(Level.WARNING, "names of {0} parties cannot be opened and are not counted", left);
    }
    return count.finish();
  }

  /** Counts parties, and one by one where one of them fails; returns how many did. */
  private int count(CustomerCount count, List<Long> parties) {
    try {
      words.names(parties).forEach(customer -> count.add(customer.name(), customer.kind()));
      return 0;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "names cannot be opened", e);
      return parties.size() == 1
          ? 1
          : parties.stream().mapToInt(party -> count(count, List.of(party))).sum();
    }
  }
}
