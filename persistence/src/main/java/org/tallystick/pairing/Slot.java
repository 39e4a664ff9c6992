package org.tallystick.pairing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Role;

/**
 * Where the two halves of one transaction meet.
 *
 * <p>It comes into being with the first half, which waits in it. With the second it is paired, and
 * a decision follows that moves money or does not; where what is wrong lies with the payer alone,
 * his half goes and the payee's waits on. It ends without a decision if the twin does not come in
 * time, too many payers failed or the payee withdraws. Whoever changes it holds its row's lock.
 */
@Entity
@Table(name = "slot")
@NamedQuery(
    name = "Slot.byNumber",
    query =
        "select s from Slot s where s.number = :number and s.consortium = :consortium order by"
            + " s.id")
@NamedQuery(
    name = "Slot.pairedByIds",
    query =
        "select s from Slot s where s.id in :ids"
            + " and s.state = org.tallystick.pairing.SlotState.PAIRED order by s.id")
public class Slot {
  /** Payer halves that may fail before the bill is closed to payers. */
  public static final int MAX_FAILED_PAYER_HALVES = 5;

  /** Milliseconds after which a step that did not follow is asked for again. */
  public static final long DUE_MILLIS = 2_000;

  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "consortium", nullable = false, updatable = false)
  private String consortium;

  @Column(name = "number", nullable = false, updatable = false)
  private String number;

  @Column(name = "bill_hash", nullable = false, updatable = false)
  private byte[] billHash;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private SlotState state;

  @Column(name = "payer_half")
  private @Nullable Long payerHalf;

  @Column(name = "payee_half")
  private @Nullable Long payeeHalf;

  @Column(name = "failed_payer_halves", nullable = false)
  private int failedPayerHalves;

  @Column(name = "outcome")
  private @Nullable Integer outcome;

  @Column(name = "reason")
  private @Nullable String reason;

  @Column(name = "opened_at", nullable = false)
  private OffsetDateTime openedAt;

  @Column(name = "expires_at", nullable = false)
  private OffsetDateTime expiresAt;

  @Column(name = "due_at", nullable = false)
  private OffsetDateTime dueAt;

  /** For JPA. */
  protected Slot() {}

  /** Number of the row. */
  public long id() {
    return id;
  }

  /** What its halves have in common. */
  public SlotKey key() {
    return new SlotKey(consortium, number, billHash);
  }

  /** Where it stands. */
  public SlotState state() {
    return state;
  }

  /** The half of a role, if it is here. */
  public Optional<Long> half(Role role) {
    return Optional.ofNullable(role == Role.PAYER ? payerHalf : payeeHalf);
  }

  /** Whether no half has come in yet. */
  public boolean isEmpty() {
    return payerHalf == null && payeeHalf == null;
  }

  /**
   * P5: whether a half and the one that waits here came too far apart for either of them.
   *
   * @param receivedAt when the half was on disk
   * @param notAfter until when it waits
   */
  public boolean isTooLateFor(OffsetDateTime receivedAt, OffsetDateTime notAfter) {
    return !isEmpty() && (expiresAt.isBefore(receivedAt) || notAfter.isBefore(openedAt));
  }

  /** Whether no further payer half is taken. */
  public boolean isExhausted() {
    return failedPayerHalves >= MAX_FAILED_PAYER_HALVES;
  }

  /** Counts a payer half that was refused. */
  public void countFailedPayerHalf() {
    if (failedPayerHalves < Integer.MAX_VALUE) {
      failedPayerHalves++;
    }
  }

  /**
   * Takes a half into an open slot; the second one makes it paired.
   *
   * @param receivedAt when the half was on disk
   * @param notAfter until when it waits
   * @return whether both halves are here now
   */
  public boolean place(
      Role role,
      long half,
      OffsetDateTime receivedAt,
      OffsetDateTime notAfter,
      OffsetDateTime now) {
    if (state != SlotState.OPEN || half(role).isPresent()) {
      throw new IllegalStateException("slot " + id + " has no place for a " + role);
    }
    if (isEmpty()) {
      openedAt = receivedAt;
      expiresAt = notAfter;
    }
    if (role == Role.PAYER) {
      payerHalf = half;
    } else {
      payeeHalf = half;
    }
    boolean paired = payerHalf != null && payeeHalf != null;
    if (paired) {
      state = SlotState.PAIRED;
      dueAt = now.plusNanos(DUE_MILLIS * 1_000_000);
    }
    return paired;
  }

  /** Ends a paired slot by a decision, for the exact reason given. */
  public void decide(Outcome decided, String exactReason) {
    require(SlotState.PAIRED);
    end(SlotState.DECIDED, decided, exactReason);
  }

  /**
   * Takes the payer's half out of a paired slot and counts it as failed; the payee's waits on, as
   * if it were the first.
   *
   * @param payeeReceivedAt when the payee's half was on disk
   * @param payeeNotAfter until when it waits
   */
  public void releasePayer(OffsetDateTime payeeReceivedAt, OffsetDateTime payeeNotAfter) {
    require(SlotState.PAIRED);
    state = SlotState.OPEN;
    payerHalf = null;
    openedAt = payeeReceivedAt;
    expiresAt = payeeNotAfter;
    countFailedPayerHalf();
  }

  /** Whether nothing but a payee's half waits here, and no payer's is taken any more. */
  public boolean waitsInVain() {
    return state == SlotState.OPEN && payeeHalf != null && payerHalf == null && isExhausted();
  }

  /** Ends an open slot whose twin came too late. */
  public void expire(String exactReason) {
    require(SlotState.OPEN);
    end(SlotState.EXPIRED, Outcome.EXPIRED, exactReason);
  }

  /** Ends an open slot that the payee withdrew. */
  public void cancel(String exactReason) {
    require(SlotState.OPEN);
    end(SlotState.CANCELLED, Outcome.CANCELLED, exactReason);
  }

  /** Ends an open slot whose half is not to wait any longer, for the exact reason given. */
  public void decline(String exactReason) {
    require(SlotState.OPEN);
    end(SlotState.DECIDED, Outcome.DECLINED, exactReason);
  }

  /** Why exactly it ended; empty while it has not. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  private void end(SlotState last, Outcome how, String exactReason) {
    state = last;
    outcome = how.value();
    reason = exactReason;
  }

  private void require(SlotState expected) {
    if (state != expected) {
      throw new IllegalStateException("slot " + id + " is " + state);
    }
  }

  @Override
  public String toString() {
    return "Slot(" + id + ", " + state + ")";
  }
}
