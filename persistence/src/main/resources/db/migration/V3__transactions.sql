-- The hot path: codes used up, halves, slots in which halves meet, log lines, receipts, answers.
-- No column here refers to the device table by a foreign key: each insert would write a share lock
-- into the row of the device, and a busy provider's device row would become the place where
-- everybody queues. Devices are never deleted.

-- One number, one code, for ever: what makes a replay recognisable.
create table consumed_code (
  device_pk bigint not null,
  epoch bigint not null check (epoch >= 0),
  n bigint not null check (n >= 0),
  code_hash bytea not null check (octet_length(code_hash) = 32),
  prev bytea not null check (octet_length(prev) = 16),
  number varchar(16) not null,
  primary key (device_pk, epoch, n)
);
create unique index consumed_code_by_hash on consumed_code (code_hash);

create sequence slot_seq;

-- Where the two halves of a transaction meet. A slot exists only with a half in it.
create table slot (
  id bigint primary key default nextval('slot_seq'),
  consortium varchar(2) not null,
  number varchar(16) not null,
  bill_hash bytea not null check (octet_length(bill_hash) = 32),
  state varchar(9) not null
    check (state in ('OPEN', 'PAIRED', 'DECIDED', 'EXPIRED', 'CANCELLED')),
  payer_half bigint,
  payee_half bigint,
  failed_payer_halves integer not null check (failed_payer_halves >= 0),
  outcome smallint check (outcome between 1 and 5),
  reason varchar(40),
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  due_at timestamptz not null,
  check (state <> 'PAIRED' or (payer_half is not null and payee_half is not null)),
  check ((outcome is null) = (state in ('OPEN', 'PAIRED')))
) with (fillfactor = 70);
-- the number comes first: auditors ask by number alone
create unique index slot_by_number on slot (number, consortium, bill_hash);
create index slot_expiring on slot (expires_at) where state = 'OPEN';
create index slot_due on slot (due_at) where state = 'PAIRED';

-- One step of this sequence is a block of ids, enough for one batch.
create sequence half_seq increment by 64;

-- An opened half: WAITING for its twin, PAIRED, REFUSED (it ended alone; the answer is to be made)
-- or ANSWERED. A half that could not be read has no terms.
create table half (
  id bigint primary key,
  device_pk bigint not null,
  epoch bigint not null,
  n bigint not null,
  role smallint check (role in (1, 2)),
  purpose smallint check (purpose in (1, 2)),
  consortium varchar(2) not null,
  number varchar(16) not null,
  bill_hash bytea check (octet_length(bill_hash) = 32),
  amount_minor bigint check (amount_minor between 0 and 1000000000000000),
  currency varchar(3),
  counterparty bytea check (octet_length(counterparty) = 16),
  shorthand_wrapped bytea,
  sign1 bytea,
  account varchar(23) not null,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  reply_root_wrapped bytea,
  received_at timestamptz not null,
  not_after timestamptz,
  state varchar(8) not null check (state in ('WAITING', 'PAIRED', 'REFUSED', 'ANSWERED')),
  refusal varchar(40),
  slot_id bigint references slot (id),
  due_at timestamptz not null,
  check ((role is null) = (sign1 is null)),
  check ((state = 'ANSWERED') = (reply_root_wrapped is null)),
  check (state <> 'REFUSED' or refusal is not null)
) with (fillfactor = 70);
create index half_by_number on half (number);
create index half_waiting on half (device_pk) where state = 'WAITING';
create index half_due on half (due_at) where state = 'REFUSED';

-- Each device's log as the bank ordered it, with what opens its commitments.
create table log_line (
  device_pk bigint not null,
  log_index bigint not null check (log_index > 0),
  column1 bytea not null check (octet_length(column1) = 32),
  column2 bytea not null check (octet_length(column2) = 32),
  column3 bytea not null,
  salt bytea not null check (octet_length(salt) = 16),
  details bytea not null,
  half_id bigint not null,
  primary key (device_pk, log_index)
);
create unique index log_line_by_half on log_line (half_id);

create table receipt (
  receipt_number varchar(16) primary key,
  half_id bigint not null unique references half (id),
  number varchar(16) not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  counterparty_salt bytea not null check (octet_length(counterparty_salt) = 16),
  sign1 bytea not null,
  issued_at timestamptz not null
);
create index receipt_by_transaction on receipt (number);

-- The one final answer to one code; only these bytes are ever sent.
create table final_answer (
  device_pk bigint not null,
  epoch bigint not null,
  n bigint not null,
  pickup bytea not null check (octet_length(pickup) = 16),
  sealed bytea not null,
  made_at timestamptz not null,
  primary key (device_pk, epoch, n)
);
create unique index final_answer_by_pickup on final_answer (pickup);

create trigger consumed_code_is_immutable before update or delete or truncate on consumed_code
  for each statement execute function refuse_change();
create trigger log_line_is_immutable before update or delete or truncate on log_line
  for each statement execute function refuse_change();
create trigger receipt_is_immutable before update or delete or truncate on receipt
  for each statement execute function refuse_change();
create trigger final_answer_is_immutable before update or delete or truncate on final_answer
  for each statement execute function refuse_change();
