/*
 * Rekey: epochs of one device, requests, a copy of the device, restored files on either side. PROTOCOL sections 4 (S4 to S7) and R.
 *
 * A root is (request, recovery epoch in which the bank answered it). Up to two codes an epoch. A request or code comes at any time
 * or never again; loss and resending are the same as coming late, since a resend is the same bytes. Runs: honest; the device's
 * state is copied at some time; an old device file is put back; the bank raises the recovery epoch, with or without having lost
 * everything since the beginning. Somebody on the way may once garble a reply.
 *
 * guard PENDING_DURABLE R.2  a rekey is written before it is sent, and those bytes are sent until its reply is there
 * guard STORED_REPLY    R3   the same request gets the stored reply
 * guard SWITCH_AT_ONCE  R.2  the new epoch in and the old chain out are one durable write
 * guard OLD_OPEN        S6   the old epoch stays open until the first authentic code of the new one
 * guard OLD_CLOSED      S6   with that code the rest of the old epoch is dropped
 * guard OLD_SKIPPED     S6   keys of numbers that were sealed in the old epoch, but not seen, are kept
 * guard CLOSED_FORK     S6   "closed" below the bank's next number is a fork
 * guard PREV_ACROSS     S7   prev of an epoch's first code against the last code of the epoch before
 * guard PREV_ACROSS_LATE S7  the same where the old epoch's last code is opened later
 * guard PREV            O9   prev inside an epoch, both ways
 * guard FRESH_SECRET    R.2  ECDH is mixed in: who has the old state and sees the exchange does not have the new epoch
 * guard CONFLICT        R.2  another rekey from the same base suspends the device
 * guard BASE_KEPT       R.2  the base's root is kept, to see such a rekey
 * guard RECOVERY        R.2  a code of an epoch of an older recovery epoch has no effect
 * guard PREVIOUS_ROOT   R.2  after a restore the device falls back to its previous root
 * guard FALLBACK_ASKED  R.2  it does so only where an authentic status under that root says that the bank is there
 * guard CLOSED_OF_BASE  S5   "closed" counts the numbers of the epoch from which the rekey started
 * guard PREV_OF_BASE    S5   prev in an epoch's first code is the last code of the epoch from which the rekey started
 * guard CHALLENGE_AGE   R6   a challenge of an older recovery epoch is refused
 *
 * unreached -end-
 */

#define A 0
#define B 1
#define NONE 15

#define HONEST       0
#define COPIED       1
#define FILE_RESTORE 2
#define BANK_RESTORE 3
#define KINDS        4

#define REQUESTS 5   /* 1 to 3 by A, 4 by B */
#define ROOTS    10
#define ROOT(request, recovery) (2 * (request) + (recovery))
#define MADE_UNDER(root) ((root) & 1)

#define CODE(root, n, who) ((root) * 4 + (n) * 2 + (who) + 1)
#define CODES (ROOTS * 4 + 1)
#define SLOT(root, n) ((root) * 2 + (n))

byte kind;
byte wanted;                     /* codes that A makes at most */
byte crashes = 1, garbles = 1;

/* durable state of a device and of its copy */
byte current[2], previous[2] = NONE, next[2], closed[2], last[2], last_there[2], known[2];
byte pending[2], asked = 1;
bool lives[2], stuck;
byte copied, copied_pending;      /* epoch of the copied state, and the rekey that was pending in it */

/* requests */
bool sent[REQUESTS];
byte base[REQUESTS], asked_under[REQUESTS];
byte reply[REQUESTS];            /* the root that it led to; bank's table */
bool refused[REQUESTS];          /* challenge too old */

/* codes */
bool made[CODES];
byte prev[CODES], closing[CODES];

/* bank */
byte newest, older = NONE, recovery;
bool older_open, kept[2], suspended, restored_file;
byte accepted[ROOTS * 2];        /* code */
bool saved_once;
byte saved_newest, saved_older, saved_first, saved_limit, saved_reply[REQUESTS], saved_accepted[ROOTS * 2];
bool saved_open, saved_kept[2];
byte first_code;                 /* of the newest epoch */
byte limit;                      /* numbers of the older epoch that were sealed, once it is closed */

/* ------------------------------------------------------------------ devices */

#define ID(who) (who == A -> asked : 4)

inline start_rekey(who, from) {
  id = ID(who);
  base[id] = from;
  asked_under[id] = recovery;
  pending[who] = id;
  sent[id] = true;
  printf("device %d: sends rekey %d from root %d\n", who, id, from);
  if
  :: who == A -> asked++
  :: else
  fi;
  id = 0
}

inline switch_to(who, root) {
  if
  :: base[pending[who]] == current[who] ->
     closed[who] = next[who];
     last_there[who] = last[who]
  :: else ->
     /* back to the previous epoch: its numbers and last code, as they were when the device left it */
#ifdef NO_CLOSED_OF_BASE
     closed[who] = next[who];
#endif
#ifndef NO_PREV_OF_BASE
     last[who] = last_there[who]
#else
     skip
#endif
  fi;
  previous[who] = base[pending[who]];
  current[who] = root;
  printf("device %d: switches to root %d\n", who, root);
  known[who] = MADE_UNDER(root);
  next[who] = 0;
  pending[who] = 0
}

#define CAN_ASK(who) (pending[who] == 0 && (who == A -> asked <= 3 : base[4] == NONE))
#define UNKNOWN(who) (pending[who] != 0 && reply[pending[who]] == 0 && !refused[pending[who]] && !suspended && \
    base[pending[who]] == current[who] && base[pending[who]] != newest && base[pending[who]] != older)

inline seal(who) {
  /* what was copied opens nothing after the next rekey */
  assert(who == A || current[B] == copied || current[B] == ROOT(copied_pending, 0) || current[B] / 2 == 4);
  code = CODE(current[who], next[who], who);
  made[code] = true;
  prev[code] = last[who];
  closing[code] = closed[who];
  last[who] = code;
  printf("device %d: seals number %d under root %d, closed %d, before it code %d, makes code %d\n", who, next[who], current[who], closed[who], prev[code], code);
  next[who]++;
  if
  :: who == A -> wanted--
  :: else
  fi;
  code = 0
}

proctype Device(byte who) {
  byte id, code;
end:
  do
     /* seals with what it has, pending rekey or not, but not under an epoch older than the recovery epoch it knows of */
  :: d_step { lives[who] && !suspended && next[who] < 2 && (who == B || wanted > 0) && MADE_UNDER(current[who]) == known[who] -> seal(who) }

     /* a scheduled rekey, or one because a higher recovery epoch was seen */
  :: d_step { lives[who] && !suspended && CAN_ASK(who) && asked == 1 && who == A -> start_rekey(who, current[who]) }
  :: d_step { lives[who] && !suspended && CAN_ASK(who) && who == B -> start_rekey(who, current[who]) }
  :: d_step { lives[who] && known[who] < recovery -> known[who] = recovery; printf("device %d: sees recovery epoch %d\n", who, recovery) }
  :: d_step { lives[who] && !suspended && CAN_ASK(who) && MADE_UNDER(current[who]) < known[who] -> start_rekey(who, current[who]) }

#ifdef NO_PENDING_DURABLE
  :: d_step { crashes > 0 && lives[who] && pending[who] != 0 -> crashes--; pending[who] = 0; printf("device %d: crash, its rekey is forgotten\n", who) }
#endif

     /* the reply is there */
  :: atomic {
       lives[who] && pending[who] != 0 && reply[pending[who]] != 0 ->
       if
       :: switch_to(who, reply[pending[who]])
#ifdef NO_SWITCH_AT_ONCE
       :: crashes > 0 -> crashes--; lives[who] = false; stuck = true; printf("device %d: crash between two writes\n", who)    /* old chain out, new epoch not yet in */
#endif
       fi
     }
  :: d_step { lives[who] && pending[who] != 0 && refused[pending[who]] -> pending[who] = 0 }

     /* no authentic reply under the current root, after a restore: the previous one */
#ifndef NO_PREVIOUS_ROOT
#ifndef NO_FALLBACK_ASKED
  :: d_step { UNKNOWN(who) && known[who] > MADE_UNDER(current[who]) && previous[who] == newest && asked <= 3 ->
       start_rekey(who, previous[who]) }
#else
  :: d_step { UNKNOWN(who) && known[who] > MADE_UNDER(current[who]) && previous[who] != NONE && asked <= 3 ->
       start_rekey(who, previous[who]) }
  :: d_step { garbles > 0 && pending[who] != 0 && base[pending[who]] == current[who] && known[who] > MADE_UNDER(current[who]) &&
       previous[who] != NONE && asked <= 3 -> garbles--; printf("somebody: garbles the reply\n"); start_rekey(who, previous[who]) }
#endif
#endif
  od
}

#define COPY_TABLES(to_replies, replies, to_codes, codes) \
  to_replies[1] = replies[1]; \
  to_replies[2] = replies[2]; \
  to_replies[3] = replies[3]; \
  i = 0; \
  do \
  :: i < ROOTS * 2 -> to_codes[i] = codes[i]; i++ \
  :: else -> break \
  od; \
  i = 0

/* Copies the state, or puts an old file back. */
proctype Trouble() {
  byte i;
end:
  do
  :: d_step {
       kind == COPIED && !lives[B] && base[4] == NONE ->
       lives[B] = true;
       printf("somebody: copies the device as device 1\n");
       copied = current[A];
       copied_pending = pending[A];
       pending[B] = pending[A];
       current[B] = current[A];
       previous[B] = previous[A];
       next[B] = next[A];
       closed[B] = closed[A];
       last[B] = last[A];
       last_there[B] = last_there[A];
       known[B] = known[A]
     }
#ifdef NO_FRESH_SECRET
     /* the copy follows what it sees */
  :: d_step {
       lives[B] && current[B] != current[A] && previous[A] == current[B] && pending[B] == 0 ->
       previous[B] = current[B];
       current[B] = current[A];
       closed[B] = closed[A];
       next[B] = next[A];
       last[B] = last[A]
     }
#endif
  :: d_step {
       kind == FILE_RESTORE && !restored_file ->
       restored_file = true;
       printf("device: an old file is put back, now device 1\n");
       lives[A] = false;
       lives[B] = true      /* the same device in its first state */
     }
  :: d_step {
       kind == BANK_RESTORE && recovery == 0 ->
       printf("bank: raises the recovery epoch, nothing was lost\n");
       recovery = 1
     }
  :: d_step {
       kind == BANK_RESTORE && !saved_once ->
       saved_once = true;
       printf("bank: backup\n");
       saved_newest = newest;
       saved_older = older;
       saved_open = older_open;
       saved_kept[0] = kept[0];
       saved_kept[1] = kept[1];
       saved_first = first_code;
       saved_limit = limit;
       COPY_TABLES(saved_reply, reply, saved_accepted, accepted)
     }
  :: d_step {
       saved_once && recovery == 0 ->
       recovery = 1;
       printf("bank: restored, raises the recovery epoch\n");
       newest = saved_newest;
       older = saved_older;
       older_open = saved_open;
       kept[0] = saved_kept[0];
       kept[1] = saved_kept[1];
       first_code = saved_first;
       limit = saved_limit;
       COPY_TABLES(reply, saved_reply, accepted, saved_accepted)
     }
  od
}

/* ------------------------------------------------------------------ bank */

inline suspend() {
  assert(kind == COPIED || kind == FILE_RESTORE);
  suspended = true;
  printf("bank: the device is suspended\n")
}

inline rekey(id) {
#ifndef NO_CHALLENGE_AGE
#define TOO_OLD(id) (asked_under[id] < recovery)
#else
#define TOO_OLD(id) false
#endif
  if
  :: TOO_OLD(id) -> refused[id] = true; printf("bank: the challenge of rekey %d is too old\n", id)
  :: !TOO_OLD(id) && base[id] == newest ->
     reply[id] = ROOT(id, recovery);
     printf("bank: rekey %d leads from root %d to root %d\n", id, newest, reply[id]);
     older = newest;
     newest = ROOT(id, recovery);
#ifndef NO_OLD_OPEN
     older_open = true;
#endif
     kept[0] = false;
     kept[1] = false;
     first_code = 0;
     limit = 2
#ifndef NO_BASE_KEPT
  :: !TOO_OLD(id) && base[id] == older && base[id] != newest ->
#ifndef NO_CONFLICT
     suspend()
#else
     skip
#endif
#endif
  :: else
  fi
}

#ifndef NO_STORED_REPLY
#define ANSWERED(i) (reply[i] != 0)
#else
#define ANSWERED(i) false
#endif
#define REQUEST(i) :: sent[i] && !ANSWERED(i) && !refused[i] && !suspended && \
    (base[i] == newest || base[i] == older && CONFLICTING) -> id = i
#if defined(NO_CONFLICT) || defined(NO_BASE_KEPT)
#define CONFLICTING false
#else
#define CONFLICTING true
#endif

#define NEXT(root) (accepted[SLOT(root, 1)] -> 2 : (accepted[SLOT(root, 0)] -> 1 : 0))
#define HAS_KEY(root, n) (accepted[SLOT(root, n)] == 0 && (root == newest || root == older && (older_open || kept[n])))

/* The first authentic code of the newest epoch closes the older one. */
inline close_older(root, code) {
  if
  :: root == newest && older != NONE && first_code == 0 ->
     first_code = code;
     limit = closing[code];
#ifndef NO_CLOSED_FORK
     if
     :: closing[code] < NEXT(older) -> suspend()
     :: else
     fi;
#endif
#ifndef NO_OLD_SKIPPED
     kept[0] = closing[code] > 0;
     kept[1] = closing[code] > 1;
#endif
#ifndef NO_OLD_CLOSED
     older_open = false
#endif
  :: else
  fi
}

#define CONTRADICTS_BEFORE(n, root, code) (n == 1 && accepted[SLOT(root, 0)] != 0 && prev[code] != accepted[SLOT(root, 0)])
#define CONTRADICTS_AFTER(n, root, code) (n == 0 && accepted[SLOT(root, 1)] != 0 && prev[accepted[SLOT(root, 1)]] != code)
#define LAST_OF_OLDER(code) accepted[SLOT(older, closing[code] - 1)]
#define CONTRADICTS_OLDER(n, root, code) (n == 0 && root == newest && older != NONE && closing[code] > 0 && \
    LAST_OF_OLDER(code) != 0 && prev[code] != LAST_OF_OLDER(code))
#define FIRST_OF_NEWEST accepted[SLOT(newest, 0)]
#define CONTRADICTS_NEWER(n, root, code) (root == older && FIRST_OF_NEWEST != 0 && \
    closing[FIRST_OF_NEWEST] == n + 1 && prev[FIRST_OF_NEWEST] != code)

inline check_fork(n, root, code) {
  if
#ifndef NO_PREV
  :: CONTRADICTS_BEFORE(n, root, code) || CONTRADICTS_AFTER(n, root, code) -> suspend()
#endif
#ifndef NO_PREV_ACROSS
  :: CONTRADICTS_OLDER(n, root, code) -> suspend()
#endif
#ifndef NO_PREV_ACROSS_LATE
  :: CONTRADICTS_NEWER(n, root, code) -> suspend()
#endif
  :: else
  fi
}

inline open(root, n, code) {
  printf("bank: opens code %d under root %d\n", code, root);
  close_older(root, code);
  check_fork(n, root, code);
  accepted[SLOT(root, n)] = code;
  if
#ifndef NO_RECOVERY
  :: MADE_UNDER(root) < recovery -> skip
#endif
  :: suspended -> skip
  :: else ->
     /* an effect; here stands everything that must be true of it */
     printf("bank: it has its effect\n");
     assert(MADE_UNDER(root) == recovery);
     assert(root == newest || n < limit);
     assert(root != newest || older == NONE || closing[code] >= NEXT(older));
     assert(!CONTRADICTS_BEFORE(n, root, code) && !CONTRADICTS_AFTER(n, root, code));
     assert(!CONTRADICTS_OLDER(n, root, code) && !CONTRADICTS_NEWER(n, root, code))
  fi
}

#define RECEIVE(r, k, w) :: !suspended && made[CODE(r, k, w)] && HAS_KEY(r, k) -> root = r; n = k; code = CODE(r, k, w)

proctype Requests() {
  byte id;
end:
  do
  :: atomic {
       if
       REQUEST(1)
       REQUEST(2)
       REQUEST(3)
       REQUEST(4)
       fi;
       d_step { rekey(id); id = 0 }
     }
  od
}

#define RECEIVE_OF(r, w) \
  RECEIVE(r, 0, w) \
  RECEIVE(r, 1, w)

/* The epochs in which either device can ever seal. */
proctype Codes() {
  byte root, n, code;
end:
  do
  :: atomic {
       if
       RECEIVE_OF(0, A)
       RECEIVE_OF(ROOT(1, 0), A)
       RECEIVE_OF(ROOT(1, 1), A)
       RECEIVE_OF(ROOT(2, 1), A)
       RECEIVE_OF(ROOT(3, 1), A)
       RECEIVE_OF(0, B)
       RECEIVE_OF(ROOT(1, 0), B)
       RECEIVE_OF(ROOT(4, 0), B)
       fi;
       d_step {
         open(root, n, code);
         root = 0;
         n = 0;
         code = 0
       }
     }
  od
}

/* ------------------------------------------------------------------ all is quiet */

/* Every code that the device made was opened, since the bank last forgot. */
#define OPENED(root, n) assert(!made[CODE(root, n, A)] || accepted[SLOT(root, n)] == CODE(root, n, A))

proctype Judge() {
  timeout ->
  d_step {
    printf("all is quiet: device 0 has root %d, pending rekey %d; the bank has root %d\n", current[A], pending[A], newest);
    assert(!stuck);
    if
    :: kind == HONEST || kind == BANK_RESTORE ->
       assert(pending[A] == 0 && current[A] == newest && MADE_UNDER(newest) == recovery);
       OPENED(newest, 0);
       OPENED(newest, 1);
       if
       :: kind == HONEST ->
          OPENED(0, 0);
          OPENED(0, 1);
          OPENED(ROOT(1, 0), 0);
          OPENED(ROOT(1, 0), 1)
       :: else
       fi
    :: kind == FILE_RESTORE -> assert(!restored_file || suspended || accepted[SLOT(newest, 1)] == CODE(newest, 1, B))
    :: kind == COPIED -> assert(base[4] == NONE || base[4] != base[1] || asked == 1 || suspended)
    :: else
    fi
  }
}

init {
  atomic {
    select(kind : 0 .. KINDS - 1);
    select(wanted : 1 .. 4);
    base[4] = NONE;
    lives[A] = true;
    run Device(A);
    run Device(B);
    run Trouble();
    run Requests();
    run Codes();
    run Judge()
  }
}
