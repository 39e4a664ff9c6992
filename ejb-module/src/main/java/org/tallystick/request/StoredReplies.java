package org.tallystick.request;

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
import org.tallystick.stage.StageFaultException;

/** Forgets replies, lodged bills and reserved numbers whose time is over. */
@Stateless
public class StoredReplies {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  /** Forgets some of each, in one transaction, and tells how many of the most frequent. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int expire(int limit) {
    try {
      Connection connection = entities.unwrap(Connection.class);
      OffsetDateTime now = OffsetDateTime.now(clock);
      ReservedRows reserved = new ReservedRows(connection);
      int replies = new ReplyRows(connection).expire(now, limit);
      int bills = new LodgedBills(connection).expire(now, limit);
      return Math.max(Math.max(replies, bills), reserved.expireNumbers(now, limit));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
