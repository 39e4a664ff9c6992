package org.tallystick.decision;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tallystick.authority.Authority;
import org.tallystick.authority.AuthorityRows;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.HalfRow;
import org.tallystick.code.HalfRows;
import org.tallystick.code.HalfState;
import org.tallystick.notice.NoticeDue;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.pairing.Ending;

/**
 * The part of a batch that is about later steps of purchases: authorities are locked, used and
 * written, and what the payers are to hear of it is due in the same transaction. Where a batch has
 * no such step it costs no round trip; else two, and one for each notice.
 */
final class UseBatch {
  private final EntityManager entities;
  private final AuthorityRows rows;
  private final HalfRows halfRows;
  private final OffsetDateTime now;
  private final List<HalfRow> due;
  private final Map<Long, Authority> authorities;
  private final Uses uses;
  private final Map<Long, String> declined = new TreeMap<>();

  /**
   * Locks the authorities that are to be used.
   *
   * @param halves of the batch, locked
   */
  UseBatch(
      EntityManager entities,
      Connection connection,
      Books books,
      Collection<HalfRow> halves,
      OffsetDateTime now)
      throws SQLException {
    this.entities = entities;
    this.rows = new AuthorityRows(connection);
    this.halfRows = new HalfRows(connection);
    this.now = now;
    this.due = halves.stream().filter(half -> half.state() == HalfState.DUE).toList();
    this.authorities = rows.lockAll(due.stream().map(UseBatch::slot).distinct().toList());
    this.uses = new Uses(books, authorities, now);
  }

  private static long slot(HalfRow half) {
    Long slot = half.slot();
    if (slot == null) {
      throw new IllegalStateException("half " + half.id() + " is due and in no slot");
    }
    return slot;
  }

  /** Devices that made the payers' halves of the purchases. */
  List<Long> payers() {
    return authorities.values().stream().map(authority -> authority.payer().device()).toList();
  }

  /** Accounts that may be debited. */
  List<Long> accounts() {
    return authorities.values().stream().map(Authority::debitAccount).toList();
  }

  /**
   * Decides all that is due; the accounts are locked.
   *
   * @param bound devices by index, those of payers too
   */
  Map<Use, Ending> decide(Map<Long, BoundDevice> bound) {
    List<Use> wanted = new ArrayList<>();
    for (HalfRow half : due) {
      BoundDevice payee = bound.get(half.device());
      Authority authority = authorities.get(slot(half));
      BoundDevice payer = authority == null ? null : bound.get(authority.payer().device());
      if (payee == null || payer == null) {
        throw new IllegalStateException("half " + half.id() + " uses what is not there");
      }
      wanted.add(new Use(Side.of(half, payee), payer, slot(half)));
    }
    Map<Use, Ending> endings = uses.decide(wanted);
    endings.forEach(
        (use, ending) -> {
          if (ending != Ending.APPROVED) {
            declined.put(use.payee().half().id(), ending.name());
          }
        });
    return endings;
  }

  /**
   * Writes what has changed.
   *
   * @param granted new authorities
   */
  void write(List<Authority> granted) throws SQLException {
    rows.insert(granted);
    rows.update(uses.changed());
    halfRows.declined(declined);
  }

  /** Has the payers told. */
  void tell() {
    for (Use use : uses.done()) {
      HalfRow half = use.payee().half();
      entities.persist(
          NoticeDue.forOne(
              use.payer().party().id(),
              use.payer().device().index(),
              new NoticeSubject.AuthorityUsed(
                  half.number(),
                  use.payee().signed().purpose(),
                  use.payee().signed().amount(),
                  now.toInstant().toEpochMilli(),
                  half.codeHash()),
              now));
    }
  }
}
