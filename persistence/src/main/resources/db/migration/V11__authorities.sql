-- Holds and recurring charges: what a purchase leaves its payee permitted to do later. Progress of
-- halves that wait. Bills that are lodged for offers.

-- ---------------------------------------------------------------------------- authorities

-- One for a slot at most. Nothing here refers to devices or parties by a foreign key, for the same
-- reason as in halves. charges_left and interval_millis are 0 for a hold; moved_at is when an
-- amount moved last, or the purchase was decided.
create table authority (
  slot_id bigint primary key references slot (id),
  kind varchar(7) not null check (kind in ('HOLD', 'CHARGES')),
  state varchar(9) not null check (state in ('OPEN', 'COMPLETED', 'RELEASED', 'REVOKED')),
  payer_party bigint not null,
  payer_device bigint not null,
  payee_party bigint not null,
  payee_code_hash bytea not null check (octet_length(payee_code_hash) = 32),
  debit_account bigint not null,
  limit_minor bigint not null check (limit_minor between 0 and 1000000000000000),
  currency varchar(3) not null,
  charges_left smallint not null check (charges_left between 0 and 120),
  interval_millis bigint not null check (interval_millis >= 0),
  until_at timestamptz not null,
  moved_at timestamptz not null,
  foreign key (debit_account, currency) references ledger_account (id, currency),
  check (kind = 'CHARGES' or (charges_left = 0 and interval_millis = 0)),
  check (state = 'OPEN' or (kind = 'CHARGES') = (state = 'REVOKED'))
) with (fillfactor = 70);
create index authority_holding on authority (until_at) where state = 'OPEN' and kind = 'HOLD';

-- A half that uses an authority needs no twin: its decision is DUE as soon as it is opened.
alter table half drop constraint half_purpose_check;
alter table half add constraint half_purpose_check check (purpose between 1 and 4);
alter table half drop constraint half_state_check;
alter table half add constraint half_state_check
  check (state in ('WAITING', 'PAIRED', 'DUE', 'REFUSED', 'ANSWERED'));
drop index half_due;
create index half_due on half (due_at) where state in ('REFUSED', 'DUE');

-- What one device alone is to hear. Where that is not ACTIVE, its account's other devices hear it.
alter table notice_due drop constraint notice_due_kind_check;
alter table notice_due add constraint notice_due_kind_check check (kind between 1 and 4);
alter table notice_due
  alter column except_device drop not null,
  add column device_pk bigint,
  add check ((except_device is null) = (device_pk is not null));

alter table request_reply drop constraint request_reply_kind_check;
alter table request_reply add constraint request_reply_kind_check check (kind between 1 and 11);

-- ------------------------------------------------------------------------------- progress

-- What a device hears of a half that waits, picked up like its final answer; it goes with that.
create table progress (
  device_pk bigint not null,
  epoch bigint not null,
  n bigint not null,
  i smallint not null check (i between 1 and 8),
  pickup bytea not null check (octet_length(pickup) = 16),
  sealed bytea not null,
  made_at timestamptz not null,
  primary key (device_pk, epoch, n, i)
);
create index progress_by_pickup on progress (pickup, i);

-- --------------------------------------------------------------------------------- offers

-- The first bill that is lodged for an offer stays until it expires.
alter table lodged_bill add column offer_id bytea check (octet_length(offer_id) = 10);
create unique index lodged_bill_by_offer on lodged_bill (offer_id) where offer_id is not null;
