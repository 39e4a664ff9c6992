package org.tallystick.sweep;

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
import java.util.ArrayList;
import java.util.List;
import org.tallystick.code.Times;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;
import org.tallystick.stage.Hint;
import org.tallystick.stage.StageFaultException;

/** One look for rows whose next step did not follow, in one transaction. */
@Stateless
public class Sweeps {
  /** Rows of each kind that one look takes. */
  public static final int LIMIT = 100;

  /** A code that was on disk in time may still be on its way to its slot for so long. */
  private static final long GRACE_MILLIS = 2_000;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  /** Ends what has expired and returns all hints that are due; they are sent after the commit. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public List<Hint> look() {
    long nowMillis = clock.millis();
    OffsetDateTime now = Times.ofMillis(nowMillis);
    OffsetDateTime dueAgain = Times.ofMillis(nowMillis + Slot.DUE_MILLIS);
    List<Hint> hints = new ArrayList<>();
    try {
      SweepRows rows = new SweepRows(entities.unwrap(Connection.class));
      rows.overduePaired(now, dueAgain, LIMIT).forEach(id -> hints.add(Hint.slot(id)));
      rows.overdueUnanswered(now, dueAgain, LIMIT).forEach(id -> hints.add(Hint.half(id)));
      rows.expire(
              Times.ofMillis(nowMillis - GRACE_MILLIS), dueAgain, Ending.SLOT_EXPIRED.name(), LIMIT)
          .forEach(id -> hints.add(Hint.half(id)));
      return hints;
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
