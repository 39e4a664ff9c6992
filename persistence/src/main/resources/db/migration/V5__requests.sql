-- Format 1: epochs and rekeys, sealed requests with their stored replies, back-off after a wrong
-- PIN, the limit of a new device.

-- --------------------------------------------------------------------------------- epochs

-- The wrapped state holds the newest epoch and, up to its first authentic code, the one before.
-- Each was made under a recovery epoch of the bank: the newest under recovery_epoch, and with it all
-- from recovery_from on. What was made under an older one than the bank's present one moves no money.
alter table device_sequencer
  add column recovery_epoch bigint not null default 0 check (recovery_epoch >= 0),
  add column recovery_from bigint not null default 0 check (recovery_from between 0 and epoch);

-- What requests are opened with: the root of the newest epoch and of the one before. Changed only
-- by who holds the lock of the device's row in device_sequencer.
create table device_epoch (
  device_pk bigint primary key references device (id),
  epoch bigint not null check (epoch >= 0),
  began_at timestamptz not null,
  first_n bigint not null check (first_n >= 0),
  root_wrapped bytea not null,
  base_epoch bigint check (base_epoch < epoch),
  base_root_wrapped bytea,
  check ((base_epoch is null) = (base_root_wrapped is null))
);
alter table device drop column root_wrapped;

-- Each rekey for ever, one from each epoch: another one from the same epoch is a second device.
create table rekey (
  device_pk bigint not null references device (id),
  base_epoch bigint not null,
  text_hash bytea not null check (octet_length(text_hash) = 32),
  new_epoch bigint not null check (new_epoch > base_epoch),
  due boolean not null,
  at timestamptz not null,
  primary key (device_pk, base_epoch)
);
create index rekey_not_due on rekey (device_pk, at) where not due;
create trigger rekey_is_immutable before update or delete or truncate on rekey
  for each statement execute function refuse_change();

-- Which algorithms protect the device, fixed at its enrolment.
alter table device add column suite smallint not null default 1 check (suite in (1, 2));

-- ------------------------------------------------------------------------------- requests

-- The one reply to each request that changed something; a request that comes again gets these
-- bytes. A rekey's reply stays up to the next rekey ('infinity').
create table request_reply (
  device_pk bigint not null references device (id),
  text_hash bytea not null check (octet_length(text_hash) = 32),
  kind smallint not null check (kind between 1 and 9),
  reply bytea not null,
  expires_at timestamptz not null,
  primary key (device_pk, text_hash)
);
create index request_reply_by_expiry on request_reply (expires_at);

-- ------------------------------------------------------------------------------------ PIN

-- Both PINs are good until a half proves the pending one. While the device is blocked, no PIN is
-- looked at. Who countersigned a device lifted the limit of a new one.
alter table device
  add column pin_pending_wrapped bytea,
  add column blocked_until timestamptz,
  add column countersigned_at timestamptz,
  add check (pin_pending_wrapped is null or pin_verifier_wrapped is not null);
alter table device drop constraint device_suspended_reason_check;
alter table device add constraint device_suspended_reason_check check (suspended_reason in
  ('WRONG_PINS', 'COMPROMISED', 'FORK', 'STAFF', 'REKEY', 'OWNER'));
