package org.tallystick.decision;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tallystick.authority.Authority;
import org.tallystick.codec.Base64Url;
import org.tallystick.ledger.EntryId;
import org.tallystick.ledger.Transfer;
import org.tallystick.ledger.TransferOutcome;
import org.tallystick.money.Money;
import org.tallystick.pairing.Ending;
import org.tallystick.wallet.Spending;

/**
 * Decides later steps of purchases, one after the other, and moves what they are about. Authorities
 * and accounts are locked. The id of a movement follows from the slot for a completion, of which
 * there is one, and from the code for a charge.
 *
 * <p>Source: docs/PROTOCOL.md section 8, holds and charges.
 */
final class Uses {
  private final Books books;
  private final Map<Long, Authority> authorities;
  private final OffsetDateTime now;
  private final Allowance allowance;
  private final Set<Long> changed = new TreeSet<>();
  private final List<Use> done = new ArrayList<>();

  /**
   * @param authorities by slot, locked
   * @param now bank clock
   */
  Uses(Books books, Map<Long, Authority> authorities, OffsetDateTime now) {
    this.books = books;
    this.authorities = new HashMap<>(authorities);
    this.now = now;
    this.allowance = new Allowance(books, now);
  }

  /** Decides them in the order in which their halves came. */
  Map<Use, Ending> decide(List<Use> uses) {
    Map<Long, Use> inOrder = new TreeMap<>();
    uses.forEach(use -> inOrder.put(use.payee().half().id(), use));
    Map<Use, Ending> endings = new LinkedHashMap<>();
    inOrder.values().forEach(use -> endings.put(use, decide(use)));
    return endings;
  }

  private Ending decide(Use use) {
    Authority authority = of(use.slot());
    Ending ending = use.obstacle(authority).orElseGet(() -> move(use, authority));
    if (ending == Ending.APPROVED) {
      authorities.put(use.slot(), authority.used(now));
      changed.add(use.slot());
      done.add(use);
    }
    return ending;
  }

  private Ending move(Use use, Authority authority) {
    Money amount = use.payee().signed().amount();
    if (amount.minor() == 0) {
      books.release(Authority.holdId(authority.key()));
      return Ending.APPROVED;
    }
    OptionalLong to = books.deposit(use.payee().partyId(), amount.currency());
    if (to.isEmpty()) {
      return Ending.PAYEE_NO_ACCOUNT;
    }
    return authority.kind() == Authority.Kind.HOLD
        ? move(use, authority, to.getAsLong())
        : charge(use, authority, to.getAsLong());
  }

  /**
   * A charge goes no further than the instrument that it is drawn with does now, one read more: it
   * ends where the payer has taken that out of the wallet. What is held was set aside before and is
   * the payee's to take.
   */
  private Ending charge(Use use, Authority authority, long to) {
    Long instrument = authority.payer().instrument();
    if (instrument == null) {
      return move(use, authority, to);
    }
    Optional<Spending> spending = books.spending(instrument);
    if (spending.isEmpty()) {
      return Ending.INSTRUMENT_REMOVED;
    }
    Money amount = use.payee().signed().amount();
    Optional<Ending> above = allowance.obstacle(spending.get(), amount);
    if (above.isPresent()) {
      return above.get();
    }
    Ending ending = move(use, authority, to);
    if (ending == Ending.APPROVED) {
      allowance.spend(spending.get(), amount);
    }
    return ending;
  }

  private Ending move(Use use, Authority authority, long to) {
    Money amount = use.payee().signed().amount();
    boolean completion = authority.kind() == Authority.Kind.HOLD;
    Transfer order =
        new Transfer(
            completion
                ? EntryId.of("completion", authority.key().text())
                : EntryId.of("charge", Base64Url.encode(use.payee().half().codeHash())),
            completion ? "COMPLETION" : "CHARGE",
            authority.key().number(),
            authority.debitAccount(),
            to,
            amount);
    TransferOutcome outcome =
        completion
            ? books.capture(Authority.holdId(authority.key()), order)
            : books.transfer(order);
    return Booked.ending(outcome, order);
  }

  private Authority of(long slot) {
    Authority authority = authorities.get(slot);
    if (authority == null) {
      throw new IllegalStateException("slot " + slot + " has left no authority");
    }
    return authority;
  }

  /** Authorities as they are now, where they were used. */
  List<Authority> changed() {
    return changed.stream().map(this::of).toList();
  }

  /** Uses that did what they say: their payers are to hear of it. */
  List<Use> done() {
    return done;
  }
}
