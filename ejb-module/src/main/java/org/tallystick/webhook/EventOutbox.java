package org.tallystick.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tallystick.stage.StageFaultException;

/**
 * Takes what programs are to be told, in the transaction of its cause: both are committed or
 * neither is. One round trip, none where there is nothing to tell.
 */
@ApplicationScoped
public class EventOutbox {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  /** Has the institutions' programs told. */
  public void tell(List<DeliveryRows.Theirs> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      rows().tell(events);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Has all institutions' programs told. */
  public void tellAll(Event event) {
    try {
      rows().tellAll(event);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private DeliveryRows rows() {
    return new DeliveryRows(entities.unwrap(Connection.class));
  }
}
