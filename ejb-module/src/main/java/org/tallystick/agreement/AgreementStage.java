package org.tallystick.agreement;

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

/** The one transaction that makes due what a stretch of parties is to hear. */
@Stateless
public class AgreementStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  /**
   * Tells the next stretch.
   *
   * @return whether there may be more
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public boolean tell(int limit) {
    try {
      return new AgreementRows(entities.unwrap(Connection.class))
          .tell(limit, OffsetDateTime.now(clock));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
