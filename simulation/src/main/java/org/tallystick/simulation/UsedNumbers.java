package org.tallystick.simulation;

import java.util.List;
import java.util.Optional;
import org.tallystick.code.ConsumedCodes;
import org.tallystick.code.LogHeads;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.NumberAt;

/** The bank's table of used-up numbers and its log, as the opener sees them for one device. */
final class UsedNumbers implements ConsumedCodes, LogHeads {
  private final World world;
  private final BankStore store;
  private final Party party;

  UsedNumbers(World world, BankStore store, Party party) {
    this.world = world;
    this.store = store;
    this.party = party;
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    if (world.planted(Plant.NO_PREV_CHECK)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        store.consumed.get(Slots.number(party.index(), new NumberAt(epoch, n))));
  }

  @Override
  public Optional<byte[]> headAt(long index) {
    List<LogLine> lines = store.log(party.index());
    if (index == 0) {
      return Optional.of(party.seedHead());
    }
    return index <= lines.size()
        ? Optional.of(lines.get((int) index - 1).head())
        : Optional.empty();
  }
}
