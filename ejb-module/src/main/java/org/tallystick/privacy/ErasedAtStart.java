package org.tallystick.privacy;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * A database that was restored holds parties again that were erased since: they are erased before
 * the bank answers anybody. A failure keeps the application from starting.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ErasedAtStart {
  private static final Logger LOG = System.getLogger(ErasedAtStart.class.getName());

  @EJB Eraser eraser;

  @PostConstruct
  void erase() {
    List<String> back = eraser.backAgain();
    for (String registration : back) {
      eraser.again(registration);
    }
    if (!back.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "the database holds {0} parties that were erased before: they are erased again",
          back.size());
    }
  }
}
