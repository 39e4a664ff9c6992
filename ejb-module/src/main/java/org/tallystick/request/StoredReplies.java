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

/** Forgets replies whose time is over. */
@Stateless
public class StoredReplies {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  /** Forgets some, in one transaction, and tells how many. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int expire(int limit) {
    try {
      return new ReplyRows(entities.unwrap(Connection.class))
          .expire(OffsetDateTime.now(clock), limit);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
