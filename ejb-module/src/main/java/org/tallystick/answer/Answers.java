package org.tallystick.answer;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.tallystick.stage.StageFaultException;

/** Reads stored answers. */
@Stateless
public class Answers {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  /** Those answers and messages of progress that are there, in one round trip. */
  public List<ReadyAnswer> find(Collection<byte[]> pickups) {
    try {
      return new AnswerRows(entities.unwrap(Connection.class)).byPickup(pickups);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
