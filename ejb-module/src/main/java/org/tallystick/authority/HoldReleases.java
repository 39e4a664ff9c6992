package org.tallystick.authority;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.tallystick.code.Purpose;
import org.tallystick.code.Times;
import org.tallystick.ledger.Ledger;
import org.tallystick.money.Money;
import org.tallystick.notice.NoticeDue;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.stage.StageFaultException;

/**
 * The one transaction that gives back holds whose time is over, with what their payers are to hear
 * of it.
 *
 * <p>Source: docs/PROTOCOL.md section 8, holds and charges.
 */
@Stateless
public class HoldReleases {
  /** A completion that was on disk in time may still be on its way for so long. */
  private static final long GRACE_MILLIS = 10_000;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Ledger ledger;
  @Inject Clock clock;

  /** Gives back so many holds at most, and tells how many. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int release(int limit) {
    long nowMillis = clock.millis();
    OffsetDateTime now = Times.ofMillis(nowMillis);
    AuthorityRows rows = new AuthorityRows(entities.unwrap(Connection.class));
    try {
      List<Authority> over = rows.lockOverdue(Times.ofMillis(nowMillis - GRACE_MILLIS), limit);
      if (over.isEmpty()) {
        return 0;
      }
      ledger.lock(over.stream().map(Authority::debitAccount).toList());
      for (Authority hold : over) {
        ledger.releaseHold(Authority.holdId(hold.key()));
        entities.persist(
            NoticeDue.forOne(
                hold.payer().party(), hold.payer().device(), released(hold, nowMillis), now));
      }
      rows.update(over.stream().map(Authority::released).toList());
      return over.size();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private static NoticeSubject released(Authority hold, long nowMillis) {
    return new NoticeSubject.AuthorityUsed(
        hold.key().number(),
        Purpose.COMPLETE,
        Money.of(0, hold.limits().most().currency()),
        nowMillis,
        null);
  }
}
