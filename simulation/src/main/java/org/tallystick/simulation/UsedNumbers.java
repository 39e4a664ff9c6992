package org.tallystick.simulation;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.code.ConsumedCodes;

/** The bank's table of used-up numbers, as the opener sees it for one device. */
final class UsedNumbers implements ConsumedCodes {
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
    return Optional.ofNullable(store.consumed.get(Slots.number(party.index(), n)));
  }

  @Override
  public Optional<Long> byHash(byte[] codeHash) {
    Long n = store.consumedByHash.get(Slots.hex(codeHash));
    Consumed of = n == null ? null : store.consumed.get(Slots.number(party.index(), n));
    return of != null && Arrays.equals(of.codeHash(), codeHash)
        ? Optional.ofNullable(n)
        : Optional.empty();
  }
}
