/*
 * Answers: two writers at the bank, one log, and a device that keeps asking. PROTOCOL section 8 (answers, A1 to A6) and 9.
 *
 * Two codes of one device are opened. The decision (approve) and the sweeper (expire) both want to end each of them; bank and
 * device crash. An answer is pushed, which may be lost, and is there to be asked for. Answers overtake each other on the way.
 *
 * guard ONE_FINAL     8    a writer looks under the lock whether the answer is there
 * guard ANSWER_IN_TX  P4   outcome and answer are written in one transaction
 * guard LINE_IN_TX    9    the answer's log line and the log's head are written in one transaction
 * guard HEAD_LOCK     9    the log's head is read and moved on under its lock
 * guard STORED_BYTES  8    an answer is sealed once; only those bytes are ever sent
 * guard KEPT          8    the bank keeps the answer after it was fetched
 * guard ASK_AGAIN     A6   a device asks for what is in its outbox, push or not
 * guard OUTBOX_LAST   A6   the entry leaves the outbox in the write that stores the answer
 * guard IN_ORDER      A5   a line that comes too early waits for the lines before it
 *
 * unreached -end-
 */

#define CODES 2
#define UNDECIDED 0
#define APPROVED  1
#define EXPIRED   2

byte bank_crashes = 1, device_crashes = 1, asks[CODES];

/* database */
byte outcome[CODES], answer[CODES], line[CODES], head;
bool gone[CODES];
byte moved[CODES];

/* on the way: the bytes of an answer; 0 = none. A seal anew has other bytes. */
byte pushed[CODES], version[CODES];

/* device: durable */
bool outbox[CODES] = true;
byte took[CODES], log_length;
/* what anybody ever saw of an answer */
byte shown[CODES], shown_version[CODES];

#ifndef NO_ONE_FINAL
#define DUE(c) (outcome[c] == UNDECIDED)
#else
#define DUE(c) (true)
#endif

inline write_answer(c, what) {
  assert(answer[c] == UNDECIDED);
  answer[c] = what;
  printf("bank: writes answer %d of code %d as line %d\n", what, c, seen_head + 1);
  line[c] = seen_head + 1;
  version[c] = 1
}

/* One transaction, but for the guards that are taken away. */
inline end_code(c, what) {
  atomic {
    DUE(c) && !done[c] ->
    done[c] = true;
    d_step {
      outcome[c] = what;
      printf("bank: code %d ends as %d\n", c, what);
      if
      :: what == APPROVED -> moved[c]++
      :: else
      fi;
      seen_head = head
    }
#ifdef NO_ANSWER_IN_TX
    if
    :: bank_crashes > 0 -> bank_crashes--; printf("bank: crash\n"); seen_head = 0; goto end
    :: skip
    fi;
#endif
#ifdef NO_HEAD_LOCK
  }
  atomic {
#endif
#ifndef NO_LINE_IN_TX
    d_step { write_answer(c, what); head = line[c] }
#else
    head = seen_head + 1;
    if
    :: bank_crashes > 0 -> bank_crashes--; printf("bank: crash\n"); done[c] = false; outcome[c] = UNDECIDED; moved[c] = 0; seen_head = 0; goto end
    :: write_answer(c, what)
    fi
#endif
    ;
    seen_head = 0;
    if
    :: pushed[c] = version[c]
    :: bank_crashes > 0 -> bank_crashes--; printf("bank: crash\n")   /* committed, never told */
    fi
  }
}

proctype Writer(byte what) {
  byte seen_head;
  bool done[CODES];
end:
  do
  :: end_code(0, what)
  :: end_code(1, what)
  od
}

/* Whoever sees an answer sees the same bytes, and they stay true. */
inline see(c) {
  assert(shown[c] == 0 || shown[c] == answer[c]);
  assert(shown_version[c] == 0 || shown_version[c] == version[c]);
  assert(answer[c] == outcome[c]);
  assert((answer[c] == APPROVED) == (moved[c] == 1));
  printf("device: is shown answer %d of code %d, line %d, bytes %d\n", answer[c], c, line[c], version[c]);
  shown[c] = answer[c];
  shown_version[c] = version[c];
#ifdef NO_STORED_BYTES
  version[c]++
#else
  skip
#endif
}

/* A1 to A6: in order, in one write. */
inline take(c) {
  if
#ifndef NO_IN_ORDER
  :: line[c] == log_length + 1 ->
#else
  :: took[c] == 0 ->
#endif
     assert(line[c] == log_length + 1);
     log_length = line[c];
     took[c] = answer[c];
     printf("device: takes it\n");
     outbox[c] = false
  :: else        /* too early: asked for again when the line before is there */
  fi
}

inline receive(c) {
#ifdef NO_OUTBOX_LAST
  outbox[c] = false;
  if
  :: d_step { see(c); take(c) }
  :: device_crashes > 0 -> device_crashes--; see(c); printf("device: crash\n")
  fi
#else
  if
  :: d_step { see(c); take(c) }
  :: d_step { device_crashes > 0 -> device_crashes--; see(c); printf("device: crash\n") }
  fi
#endif
#ifdef NO_KEPT
  ; gone[c] = true
#endif
}

#define THERE(c) (answer[c] != UNDECIDED && !gone[c])
#define NEW(c) (line[c] == log_length + 1 || asks[c] == 0)

proctype Device() {
end:
  do
  :: atomic { pushed[0] != 0 && outbox[0] -> pushed[0] = 0; receive(0) }
  :: atomic { pushed[1] != 0 && outbox[1] -> pushed[1] = 0; receive(1) }
  :: atomic { pushed[0] != 0 -> pushed[0] = 0; printf("network: the push of code 0 is lost\n") }   /* lost, or not awaited any more */
  :: atomic { pushed[1] != 0 -> pushed[1] = 0; printf("network: the push of code 1 is lost\n") }
#ifndef NO_ASK_AGAIN
  :: atomic { outbox[0] && THERE(0) && NEW(0) -> asks[0] = 1; receive(0) }
  :: atomic { outbox[1] && THERE(1) && NEW(1) -> asks[1] = 1; receive(1) }
#endif
  od
}

/* All is quiet: every code has its answer on the device, and the bank says the same. */
proctype Judge() {
  timeout ->
  d_step {
    printf("all is quiet: the device has answers %d and %d, log of %d; the bank's log has %d\n", took[0], took[1], log_length, head);
    assert(took[0] != UNDECIDED && took[0] == answer[0]);
    assert(took[1] != UNDECIDED && took[1] == answer[1]);
    assert(log_length == head)
  }
}

init {
  atomic {
    run Writer(APPROVED);
    run Writer(EXPIRED);
    run Device();
    run Judge()
  }
}
