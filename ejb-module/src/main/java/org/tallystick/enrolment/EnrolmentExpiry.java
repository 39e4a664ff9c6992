package org.tallystick.enrolment;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/**
 * Each minute ends the enrolments whose time is over, so that the bank's secrets of them go. Each
 * in its own transaction; nodes may do it side by side.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.CONTAINER)
public class EnrolmentExpiry {
  private static final int BATCH = 500;

  @EJB Enrolments enrolments;

  /** Ends what is overdue. */
  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void expire() {
    enrolments.overdue(BATCH).forEach(enrolments::expire);
  }
}
