-- Format 1: sealed requests with their stored replies, back-off after a wrong PIN, the limit of a
-- new device.

-- --------------------------------------------------------------------------------- epochs

-- The wrapped state of a sequencer holds all of a device's epochs that are still known, with their
-- roots: the newest, and the one before.
alter table device drop column root_wrapped;

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
