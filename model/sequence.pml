/*
 * Sequence: one epoch's numbers, used by a device and by a copy of it. PROTOCOL sections 4, 5.2 and A3.
 *
 * A code is (number, author); what is signed in it is the author of the code before. The owner's codes come in any order; one of
 * them may be lost for good. Two processes seal for the owner and may crash between the durable write and the network. In half of
 * the runs the state is copied at some time, and the copy makes codes too, sends them or holds them back. Keys are abstract: the
 * bank has the one of a number or not. Who sees a code can send another one with the same hint.
 *
 * guard WRITE_FIRST  S1   the chain moves on in a durable write before a byte leaves
 * guard OUTBOX       S1   the code's bytes are in that write, so that a crash can't lose them
 * guard ONE_WRITER   S1   one process at a time reads and writes a device's state
 * guard CONSUMED     S2   a number's key is gone once it opened a code
 * guard SKIPPED      S2   keys of numbers passed over are kept
 * guard WINDOW       S3   the bank looks ahead of the next number
 * guard TAG_FIRST    O5   a code whose tag does not fit uses nothing up
 * guard PREV_BACK    O9   prev against the accepted code before
 * guard PREV_AHEAD   O9   the accepted code after, its prev against this code
 * guard SUSPEND      O9   a fork suspends the device, and a suspended device has no effect
 * guard OWN_ANSWER   A3   an answer is about the device's own code
 *
 * unreached -end-
 * unreached skipped[3] = 0
 */

#define NUMBERS 4
#ifdef NO_WINDOW
#define WINDOW 1
#else
#define WINDOW 3
#endif

/* authors */
#define NOBODY  0
#define OWNER   1
#define COPY    2
#define AGAIN   3   /* the owner, a second time for the same number: must never be */
#define AUTHORS 4

#define CODE(n, who) ((n) * AUTHORS + (who))

bool cloned;                /* in this run the state is copied */
byte fork_at = NUMBERS;     /* first number that the copy makes itself */
byte crashes = 1, losses = 1, strangers = 1;

/* the owner's durable state */
byte own_next, own_last;
bool outbox[NUMBERS];
bool made[NUMBERS], ended[NUMBERS];
bool alarm;                 /* it was shown an answer to a code that it did not make */

byte copy_next, copy_last;

/* codes that were sent, and what is signed in them */
bool sent[NUMBERS * AUTHORS];
byte prev[NUMBERS * AUTHORS];

/* bank */
byte next, accepted[NUMBERS];
bool skipped[NUMBERS], burnt[NUMBERS];
bool effect[NUMBERS], suspended;

/* One key, one plaintext. */
inline seal(n, who) {
  assert(!made[n]);
  made[n] = true;
  printf("owner: seals number %d\n", n);
  prev[CODE(n, OWNER)] = own_last
}

inline write(n) {
  own_next = n + 1;
  own_last = OWNER
}

proctype Owner() {
  byte n;
end:
  do
  :: atomic {
       own_next < NUMBERS && !suspended && !alarm ->
       n = own_next;
#if defined(NO_WRITE_FIRST)
       d_step { seal(n, OWNER); sent[CODE(n, OWNER)] = true };
       if
       :: d_step { write(n); outbox[n] = true }
       :: crashes > 0 -> crashes--; printf("owner: crash before the write\n")
       fi
#elif defined(NO_OUTBOX)
       d_step { seal(n, OWNER); write(n) };
       if
       :: outbox[n] = true
       :: crashes > 0 -> crashes--; printf("owner: crash\n")
       fi
#elif defined(NO_ONE_WRITER)
     }
     atomic {
       d_step { seal(n, OWNER); write(n); outbox[n] = true }
#else
       d_step { seal(n, OWNER); write(n); outbox[n] = true }
#endif
       ; n = 0
     }
  od
}

inline take_answer(n) {
  assert(accepted[n] == OWNER);
  ended[n] = true;
  printf("owner: has the answer of number %d\n", n);
  outbox[n] = false
}

inline ask(n) {
  if
  :: accepted[n] == OWNER -> take_answer(n)
  :: else -> alarm = true; printf("owner: the answer of number %d is about a code it did not make\n", n); outbox[n] = false
  fi
}

/* Owner and copy derive the same reply key, so both can fetch and open the answer of a number. */
#ifndef NO_OWN_ANSWER
#define ASK(n) d_step { outbox[n] && accepted[n] != NOBODY -> ask(n) }
#else
#define ASK(n) d_step { outbox[n] && accepted[n] != NOBODY -> take_answer(n) }
#endif

#define SEND(n) atomic { outbox[n] && !sent[CODE(n, OWNER)] -> \
    if \
    :: sent[CODE(n, OWNER)] = true; printf("owner: sends number %d\n", n) \
    :: losses > 0 && !cloned -> losses--; printf("owner: gives number %d up\n", n); outbox[n] = false; ended[n] = true /* given up after two days */ \
    fi }

/* What is in the outbox is sent and asked for until its answer is there. */
proctype Outbox() {
end:
  do
  :: SEND(0)
  :: SEND(1)
  :: SEND(2)
  :: SEND(3)
  :: ASK(0)
  :: ASK(1)
  :: ASK(2)
  :: ASK(3)
  od
}


proctype Copy() {
end:
  do
  :: d_step { cloned && fork_at == NUMBERS && own_next < NUMBERS -> printf("somebody: copies the state at number %d\n", own_next); fork_at = own_next; copy_next = own_next; copy_last = own_last }
  :: atomic {
       fork_at < NUMBERS && copy_next < NUMBERS ->
       d_step { prev[CODE(copy_next, COPY)] = copy_last; copy_last = COPY };
       if
       :: sent[CODE(copy_next, COPY)] = true; printf("copy: seals and sends number %d\n", copy_next)
       :: printf("copy: seals number %d and holds it back\n", copy_next)   /* held back for good */
       fi;
       copy_next++
     }
  od
}

inline probe(n) {
#ifdef NO_TAG_FIRST
  burnt[n] = true;
  printf("stranger: number %d is used up\n", n)
#else
  skip
#endif
}

/* Saw the code at a till: sends another one with its hint. */
proctype Stranger() {
#define PROBE(n) d_step { strangers > 0 && sent[CODE(n, OWNER)] && !accepted[n] -> strangers--; probe(n) }
end:
  do
  :: PROBE(0)
  :: PROBE(1)
  :: PROBE(2)
  :: PROBE(3)
  od
}

/* Numbers passed over. */
#ifndef NO_SKIPPED
#define PASS(m, n) skipped[m] = skipped[m] || m >= next && m < n
#else
#define PASS(m, n) skip
#endif

inline check_fork(n, who) {
  if
#ifndef NO_PREV_BACK
  :: n > 0 && accepted[n - 1] != NOBODY && prev[CODE(n, who)] != accepted[n - 1] -> suspended = true
#endif
#ifndef NO_PREV_AHEAD
  :: n < NUMBERS - 1 && accepted[n + 1] != NOBODY && prev[CODE(n + 1, accepted[n + 1])] != who -> suspended = true
#endif
  :: else
  fi
}

/* O4 found the key: O5 to O9, then the effect. */
inline open(n, who) {
  assert(!effect[n]);
  if
  :: n >= next ->
     PASS(0, n);
     PASS(1, n);
     PASS(2, n);
     next = n + 1
  :: else -> skipped[n] = false
  fi;
  printf("bank: opens number %d of author %d, before it author %d\n", n, who, prev[CODE(n, who)]);
  check_fork(n, who);
  accepted[n] = who;
  assert(!suspended || cloned);
  if
#ifndef NO_SUSPEND
  :: suspended -> printf("bank: fork, the device is suspended\n")
#endif
  :: else ->
     effect[n] = true;
     printf("bank: it has its effect\n");
     assert(n == 0 || accepted[n - 1] == NOBODY || accepted[n - 1] == prev[CODE(n, who)]);
     assert(n == NUMBERS - 1 || accepted[n + 1] == NOBODY || who == prev[CODE(n + 1, accepted[n + 1])])
  fi
}

/* A code that finds no key changes nothing, so only the others are steps here. */
#ifndef NO_CONSUMED
#define HAS_KEY(n) (accepted[n] == NOBODY && !burnt[n] && (skipped[n] || n >= next && n < next + WINDOW))
#else
#define HAS_KEY(n) (!burnt[n] && (accepted[n] != NOBODY || skipped[n] || n >= next && n < next + WINDOW))
#endif
#define RECEIVE(n, who) d_step { sent[CODE(n, who)] && HAS_KEY(n) -> open(n, who) }

proctype Bank() {
end:
  do
  :: RECEIVE(0, OWNER)
  :: RECEIVE(1, OWNER)
  :: RECEIVE(2, OWNER)
  :: RECEIVE(3, OWNER)
  :: RECEIVE(0, COPY)
  :: RECEIVE(1, COPY)
  :: RECEIVE(2, COPY)
  :: RECEIVE(3, COPY)
  od
}

/* The copy's code n had an effect, and the owner has made its own n or a neighbour of it. */
#define MET(n) (accepted[n] == COPY && (made[n] || n > fork_at && made[n - 1] || n < NUMBERS - 1 && made[n + 1]))

/* All is quiet. */
proctype Judge() {
  timeout ->
  d_step {
    printf("all is quiet\n");
    assert(!made[0] || ended[0] || cloned);
    assert(!made[1] || ended[1] || cloned);
    assert(!made[2] || ended[2] || cloned);
    assert(!made[3] || ended[3] || cloned);
    assert(!MET(0) || suspended || alarm);
    assert(!MET(1) || suspended || alarm);
    assert(!MET(2) || suspended || alarm);
    assert(!MET(3) || suspended || alarm)
  }
}

init {
  atomic {
    if
    :: cloned = true
    :: cloned = false
    fi;
    run Owner();
    run Owner();
    run Outbox();
    run Copy();
    run Stranger();
    run Bank();
    run Judge()
  }
}
