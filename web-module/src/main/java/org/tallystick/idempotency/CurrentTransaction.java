package org.tallystick.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** The transaction of the present thread, without the standard's many checked exceptions. */
@ApplicationScoped
public class CurrentTransaction {
  @Inject UserTransaction transaction;

  void begin() {
    try {
      transaction.begin();
    } catch (NotSupportedException | SystemException e) {
      throw new IllegalStateException("no transaction can be begun", e);
    }
  }

  /** Whether it can still be committed. */
  boolean isGood() {
    return status() == Status.STATUS_ACTIVE;
  }

  /** Whether there is none. */
  boolean isOver() {
    return status() == Status.STATUS_NO_TRANSACTION;
  }

  void commit() {
    try {
      transaction.commit();
    } catch (RollbackException
        | HeuristicMixedException
        | HeuristicRollbackException
        | SystemException e) {
      throw new IllegalStateException("the effect and its answer are not committed", e);
    }
  }

  void rollback() {
    try {
      transaction.rollback();
    } catch (SystemException e) {
      throw new IllegalStateException("the transaction is not rolled back", e);
    }
  }

  private int status() {
    try {
      return transaction.getStatus();
    } catch (SystemException e) {
      throw new IllegalStateException("the transaction does not tell its status", e);
    }
  }
}
