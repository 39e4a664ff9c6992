/*
 * Pairing: one bill, one slot, the bank's stages. PROTOCOL sections 5.2 and 8, P1 to P6.
 *
 * Three codes reach the bank: the payee's half, a payer's half, and a third one of any kind. Each may never come, come at any
 * time, or come twice; resending after a loss is the same as coming late. Two openers, two deciders and the sweeper work at
 * the same time, and the bank crashes between any two transactions. Sealing is abstract: a code opens or does not.
 *
 * guard OPEN_FIRST      P1   a half is parked only after it has opened
 * guard ROLE_ONCE       P2   a second half of one role ends DECLINED, the first stays
 * guard FAILED_APART    P2   a payer's half that fails ends only itself
 * guard AGREEMENT       P3   amounts and parties of both halves must agree
 * guard STANDING        P3   both parties are still good when it is decided
 * guard PAYER_APART     P3   a payer's half that does not agree, or whose owner is not good, ends only itself
 * guard ONE_DECISION_TX P4   ledger, slot and answers are one transaction
 * guard DECIDE_ONCE     P4   only a slot that is paired and not decided is decided
 * guard LATE_TWIN       P5   the parked half's notAfter against the time when its twin was on disk
 * guard LATE_PARKED     P5   the twin's notAfter against the time when the parked half was on disk
 * guard SWEEP_EXPIRY    P5   a half whose twin does not come is ended by the clock
 * guard SWEEP_STATE     P5   the sweeper ends only a slot that still waits, looked at under its lock
 * guard CANCEL_OWNER    P6   only the payee whose half waits can cancel
 * guard CANCEL_OPEN     P6   a slot that is paired or decided stays
 * guard CONSUMED        O3   a code that was opened has no second effect
 * guard OWN_EXPIRY      O11  a half on disk after its own notAfter is refused
 * guard PIN             O12  a payer's half with a wrong PIN is refused
 * guard NUMBER_OWNER    O8   a payee's half must have the number of its own n
 * guard ONE_OPENING_TX  S2   "consumed" and the parked half are one transaction
 * guard SLOT_LOCK       P2   placing reads and writes the slot under its lock
 * guard SWEEP_HINTS     P4   a hint lost in a crash is sent again
 *
 * unreached -end-
 * unreached verdict[slot_payer] = 4
 */

#define PAYEE  0
#define PAYER  1
#define THIRD  2
#define CODES  3
#define NOBODY 3

/* what the third code is */
#define SECOND_PAYER   0  /* another customer pays the same bill */
#define OTHER_AMOUNT   1  /* another customer, another amount */
#define WRONG_PIN      2
#define FALSE_PAYEE    3  /* another customer's payee half under this number */
#define UNOPENED       4  /* made by nobody: no key fits */
#define CANCEL         5  /* by the payee */
#define FALSE_CANCEL   6  /* by another payee */
#define SUSPENSION     7  /* no code: the payer's device is suspended at some time */
#define KINDS          8

/* slot */
#define OPEN      0
#define PAIRED    1
#define DECIDED   2
#define EXPIRED   3  /* also an outcome */
#define CANCELLED 4  /* also an outcome */

/* halves; a half is paired where its slot is */
#define ABSENT  0
#define WAITING 1
#define REFUSED 2  /* its answer is still to be made */
#define ENDED   3

/* outcomes */
#define NONE     0
#define APPROVED 1
#define DECLINED 2

#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef DUPLICATES
#define DUPLICATES 1
#endif

byte kind, absent;
byte crashes = CRASHES;
byte duplicates = DUPLICATES;

/* disk of the ingress */
bool queued[CODES], taken[CODES], arrived[CODES];
bool past[CODES];          /* notAfter is over, by the bank's clock */
byte late[CODES];          /* set of codes whose notAfter was over when this one was on disk */

/* database */
bool consumed[CODES];
byte half[CODES];
byte verdict[CODES];       /* what a refused half will hear */
byte answer[CODES];
byte slot, slot_payee = NOBODY, slot_payer = NOBODY;
bool suspended;            /* the payer's device */
byte moved;                /* movements of money */

/* message from opening to deciding: "this slot is paired" */
bool hint;

#define BIT(c) (1 << (c))
#define IS_PAYEE(c) ((c) == PAYEE || ((c) == THIRD && kind == FALSE_PAYEE))
#define CRASH crashes > 0 -> crashes--; printf("bank: crash\n")

/* The one final answer of a code, and what may be said to whom. */
inline finish(c, outcome) {
  assert(answer[c] == NONE);
  assert(outcome != CANCELLED || kind == CANCEL);
  assert(outcome != EXPIRED || past[PAYEE] || past[PAYER] || past[THIRD]);
  assert(!(outcome == DECLINED && c == PAYEE));
  assert(!(outcome == DECLINED && c == PAYER) || kind == SECOND_PAYER || kind == OTHER_AMOUNT || kind == SUSPENSION);
  answer[c] = outcome;
  printf("bank: final answer of code %d: %d\n", c, outcome);
  half[c] = ENDED
}

inline refuse(c, outcome) {
  half[c] = REFUSED;
  printf("bank: code %d is refused, will hear %d\n", c, outcome);
  verdict[c] = outcome
}

/* Everything that waits in the slot ends. */
inline end_slot(why) {
  slot = why;
  printf("bank: the slot ends as %d\n", why);
  if
  :: slot_payee != NOBODY -> refuse(slot_payee, why)
  :: else
  fi;
  if
  :: slot_payer != NOBODY -> refuse(slot_payer, why)
  :: else
  fi
}

/* Money moves; here stands everything that must be true of it. */
inline move() {
  moved++;
  printf("bank: money moves from the payer of code %d to the payee of code %d\n", slot_payer, slot_payee);
  assert(moved == 1);
  assert(slot_payee == PAYEE && arrived[PAYEE]);
  assert(slot_payer == PAYER || slot_payer == THIRD && kind == SECOND_PAYER);
  assert(slot_payer != PAYER || !suspended);
  assert(!(late[slot_payee] & (BIT(slot_payee) | BIT(slot_payer))));
  assert(!(late[slot_payer] & (BIT(slot_payee) | BIT(slot_payer))))
}

inline place(c, seen_state, seen_twin, seen_own) {
  if
  :: seen_state == OPEN && seen_twin != NOBODY && (
#ifndef NO_LATE_TWIN
       late[c] & BIT(seen_twin) ||
#endif
#ifndef NO_LATE_PARKED
       late[seen_twin] & BIT(c) ||
#endif
       false) ->
     end_slot(EXPIRED);
     refuse(c, EXPIRED)
  :: else ->
     if
     :: seen_state == EXPIRED || seen_state == CANCELLED -> refuse(c, seen_state)
     :: seen_state == PAIRED || seen_state == DECIDED -> refuse(c, DECLINED)
     :: seen_state == OPEN ->
        if
#ifndef NO_ROLE_ONCE
        :: seen_own != NOBODY -> refuse(c, DECLINED)
        :: seen_own == NOBODY ->
#else
        :: true ->
#endif
           half[c] = WAITING;
           printf("bank: code %d is parked\n", c);
           if
           :: IS_PAYEE(c) -> slot_payee = c
           :: else -> slot_payer = c
           fi;
           if
           :: seen_twin != NOBODY -> slot = PAIRED; printf("bank: the slot is paired\n")
           :: else
           fi
        fi
     fi
  fi
}

inline cancel(c) {
  if
#ifndef NO_CANCEL_OWNER
  :: slot_payee != PAYEE || kind != CANCEL -> refuse(c, DECLINED)
#else
  :: slot_payee == NOBODY -> refuse(c, DECLINED)
#endif
  :: else ->
     if
#ifndef NO_CANCEL_OPEN
     :: slot != OPEN && slot != CANCELLED -> refuse(c, DECLINED)
#endif
     :: else ->
        end_slot(CANCELLED);
        refuse(c, CANCELLED)
     fi
  fi
}

/* A code that has opened: O8, O11, O12, then its slot. */
inline enter(c, seen_state, seen_twin, seen_own) {
  if
#ifndef NO_NUMBER_OWNER
  :: c == THIRD && kind == FALSE_PAYEE -> refuse(c, DECLINED)
#endif
#ifndef NO_OWN_EXPIRY
  :: late[c] & BIT(c) -> refuse(c, EXPIRED)
#endif
#ifndef NO_PIN
  :: c == THIRD && kind == WRONG_PIN && !(late[c] & BIT(c)) ->
     refuse(c, DECLINED);
#ifdef NO_FAILED_APART
     if
     :: slot == OPEN -> end_slot(DECLINED)
     :: else
     fi
#endif
#endif
  :: c == THIRD && (kind == CANCEL || kind == FALSE_CANCEL) && !(late[c] & BIT(c)) -> cancel(c)
  :: else -> place(c, seen_state, seen_twin, seen_own)
  fi
}

inline see(c) {
  seen_state = slot;
  seen_twin = (IS_PAYEE(c) -> slot_payer : slot_payee);
  seen_own = (IS_PAYEE(c) -> slot_payee : slot_payer)
}

/* Only the transaction that paired it tells; a code that comes again has no effect. */
inline tell() {
  if
  :: fresh && slot == PAIRED && (slot_payee == c || slot_payer == c) -> hint = true
  :: else
  fi
}

inline forget() {
  fresh = false;
  taken[c] = false;
  seen_state = OPEN;
  seen_twin = NOBODY;
  seen_own = NOBODY;
  c = 0
}

/* A node. With the slot locked a transaction is one step, so one opener stands for all nodes. */
proctype Opener() {
  byte c, seen_state, seen_twin = NOBODY, seen_own = NOBODY;
  bool fresh;
end:
  do
  :: atomic {
       if
       :: queued[PAYEE] && !taken[PAYEE] -> c = PAYEE
       :: queued[PAYER] && !taken[PAYER] -> c = PAYER
       :: queued[THIRD] && !taken[THIRD] -> c = THIRD
       fi;
#if defined(NO_SLOT_LOCK)
       taken[c] = true;
       see(c)
     }
     atomic {
#endif
       d_step {
         if
#ifndef NO_CONSUMED
         :: consumed[c] -> skip
#endif
         :: c == THIRD && kind == UNOPENED ->
#ifdef NO_OPEN_FIRST
            if
            :: slot == OPEN && slot_payer == NOBODY -> slot_payer = c; printf("opener: code %d is parked unopened\n", c)
            :: else
            fi
#else
            skip
#endif
         :: else ->
            consumed[c] = true;
            printf("opener: code %d opens\n", c);
            fresh = true;
#ifndef NO_ONE_OPENING_TX
#ifndef NO_SLOT_LOCK
            see(c);
#endif
            enter(c, seen_state, seen_twin, seen_own)
#endif
         fi
       }
#ifdef NO_ONE_OPENING_TX
       if
       :: half[c] != ABSENT || c == THIRD && kind == UNOPENED -> skip
       :: half[c] == ABSENT -> d_step { see(c); enter(c, seen_state, seen_twin, seen_own) }
       :: CRASH; forget(); goto end
       fi;
#endif
       /* committed: the next stage is told, then the message is acknowledged; or nothing of this, and it comes again */
       if
       :: tell(); queued[c] = false
       :: CRASH
       fi;
       forget()
     }
  od
}

/* Decides a pair. Both answers, the money and the slot's state belong together. */
inline decide(agreed) {
  agreed = true;
#ifndef NO_AGREEMENT
  agreed = agreed && !(slot_payer == THIRD && kind == OTHER_AMOUNT);
#endif
#ifndef NO_STANDING
  agreed = agreed && !(slot_payer == PAYER && suspended);
#endif
  skip
}

inline conclude(agreed) {
  finish(slot_payer, (agreed -> APPROVED : DECLINED));
  if
#ifndef NO_PAYER_APART
  :: !agreed -> slot_payer = NOBODY; slot = OPEN; printf("bank: the payee waits on\n")
  :: agreed ->
#else
  :: true ->
#endif
     finish(slot_payee, (agreed -> APPROVED : DECLINED));
     slot = DECIDED
  fi;
  agreed = false
}

#ifndef NO_DECIDE_ONCE
#define DUE slot == PAIRED
#else
#define DUE slot == PAIRED || slot == DECIDED
#endif

proctype Decider() {
  bool agreed;
end:
  do
  :: atomic {
       hint ->
       if
       :: DUE ->
          d_step {
            decide(agreed);
            if
            :: agreed -> move()
            :: else
            fi
          }
#ifdef NO_ONE_DECISION_TX
          if
          :: skip
          :: CRASH; agreed = false; goto end
          fi;
#endif
          d_step { conclude(agreed) }
       :: else
       fi;
       if
       :: hint = false
       :: CRASH   /* not acknowledged: it comes again */
       fi
     }
  :: d_step { half[PAYEE] == REFUSED -> finish(PAYEE, verdict[PAYEE]) }
  :: d_step { half[PAYER] == REFUSED -> finish(PAYER, verdict[PAYER]) }
  :: d_step { half[THIRD] == REFUSED -> finish(THIRD, verdict[THIRD]) }
  od
}

inline arrive(c) {
  queued[c] = true;
  arrived[c] = true;
  printf("network: code %d comes\n", c);
  late[c] = past[PAYEE] * BIT(PAYEE) + past[PAYER] * BIT(PAYER) + past[THIRD] * BIT(THIRD)
}

proctype Sweeper() {
end:
  do
#ifndef NO_SWEEP_HINTS
  :: d_step { slot == PAIRED && !hint -> hint = true; printf("sweeper: hints at the slot again\n") }
#endif
#ifndef NO_SWEEP_EXPIRY
#define OVERDUE (slot == OPEN && (slot_payee != NOBODY && past[slot_payee] || slot_payer != NOBODY && past[slot_payer]))
#ifndef NO_SWEEP_STATE
  :: d_step { OVERDUE -> end_slot(EXPIRED) }
#else
  :: OVERDUE -> d_step { end_slot(EXPIRED) }
#endif
#endif
  od
}

/* The bank's clock: each notAfter passes at some time. */
proctype Clock() {
end:
  do
  :: d_step { !past[PAYEE] -> past[PAYEE] = true; printf("clock: notAfter of code 0 is over\n") }
  :: d_step { !past[PAYER] -> past[PAYER] = true; printf("clock: notAfter of code 1 is over\n") }
  :: d_step { !past[THIRD] && kind <= OTHER_AMOUNT -> past[THIRD] = true; printf("clock: notAfter of code 2 is over\n") }
  od
}

/* The way to the bank: a code comes at any time and may come again; one of the two halves may never come. */
proctype Network() {
end:
  do
  :: d_step { !arrived[PAYEE] && absent != PAYEE -> arrive(PAYEE) }
  :: d_step { !arrived[PAYER] && absent != PAYER -> arrive(PAYER) }
  :: d_step { !arrived[THIRD] && kind != SUSPENSION -> arrive(THIRD) }
  :: d_step { !suspended && kind == SUSPENSION -> suspended = true; printf("bank: the payer's device is suspended\n") }
  :: d_step { duplicates > 0 && arrived[PAYEE] && !queued[PAYEE] -> duplicates--; printf("network: code 0 comes again\n"); queued[PAYEE] = true }
  :: d_step { duplicates > 0 && arrived[PAYER] && !queued[PAYER] -> duplicates--; printf("network: code 1 comes again\n"); queued[PAYER] = true }
  :: d_step { duplicates > 0 && arrived[THIRD] && !queued[THIRD] -> duplicates--; printf("network: code 2 comes again\n"); queued[THIRD] = true }
  od
}

/* All is quiet: every code that came and opened has its one answer, and the answers agree with the money. */
proctype Judge() {
  byte approved;
  timeout ->
  d_step {
    printf("all is quiet: payee heard %d, payer %d, third %d, money moved %d times\n", answer[PAYEE], answer[PAYER], answer[THIRD], moved);
    assert(!arrived[PAYEE] || answer[PAYEE] != NONE);
    assert(!arrived[PAYER] || answer[PAYER] != NONE);
    assert(!arrived[THIRD] || (answer[THIRD] != NONE) == (kind != UNOPENED));
    approved = (answer[PAYER] == APPROVED) + (answer[THIRD] == APPROVED);
    assert(moved == (answer[PAYEE] == APPROVED));
    assert(moved == approved);
    assert(slot != OPEN || !arrived[PAYEE] || late[PAYEE])
  }
}

init {
  atomic {
    select(kind : 0 .. KINDS - 1);
    if
    :: absent = PAYEE
    :: absent = PAYER
    :: absent = NOBODY
    fi;
    printf("run: the third code is of kind %d; code %d never comes (3 = none)\n", kind, absent);
    run Opener();
#ifdef NO_SLOT_LOCK
    run Opener();
#endif
    run Decider();
    run Sweeper();
    run Clock();
    run Network();
    run Judge()
  }
}
