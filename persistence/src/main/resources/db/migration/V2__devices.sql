-- Devices, how they came to be bound, and the bank's duplicate of their sequencers.

-- ---------------------------------------------------------------------------- the key set

-- What the root has signed of the bank's public keys; a device refuses an older version.
create table bank_key_set (
  version bigint primary key check (version > 0),
  created_at timestamptz not null,
  signed bytea not null
);

-- -------------------------------------------------------------------------------- devices

-- The index of a device: inside an alias, never shown.
create sequence device_seq;

create table device (
  id bigint primary key,
  device_id bytea not null unique check (octet_length(device_id) = 16),
  public_key bytea not null unique check (octet_length(public_key) = 33),
  party_id bigint not null references party (id),
  account_identifier bytea not null check (octet_length(account_identifier) = 16),
  contract_id bytea not null check (octet_length(contract_id) = 16),
  role varchar(16) not null check (role in ('USER', 'PROVIDER')),
  profile smallint not null check (profile in (1, 2)),
  state varchar(16) not null check (state in ('PENDING', 'ACTIVE', 'SUSPENDED', 'REVOKED')),
  binding_record bytea not null,
  bind_request bytea not null,
  pin_verifier_wrapped bytea,
  root_wrapped bytea not null,
  footprint_sealed bytea not null,
  wrong_pins integer not null check (wrong_pins >= 0),
  created_at timestamptz not null,
  activated_at timestamptz,
  suspended_at timestamptz,
  suspended_reason varchar(16)
    check (suspended_reason in ('WRONG_PINS', 'COMPROMISED', 'FORK', 'STAFF')),
  version integer not null,
  check (profile <> 1 or pin_verifier_wrapped is not null),
  check ((state = 'SUSPENDED') = (suspended_at is not null and suspended_reason is not null)),
  check (state not in ('ACTIVE', 'SUSPENDED') or activated_at is not null)
);
create index device_by_party on device (party_id, id);

create sequence device_transition_seq start with 50 increment by 50;

create table device_transition (
  id bigint primary key,
  device_pk bigint not null references device (id),
  from_state varchar(16) not null,
  to_state varchar(16) not null,
  actor varchar(64) not null,
  reason varchar(500) not null,
  at timestamptz not null
);
create index device_transition_by_device on device_transition (device_pk, id);
create trigger device_transition_is_immutable
  before update or delete or truncate on device_transition
  for each statement execute function refuse_change();

-- Locked when a code is opened.
create table device_sequencer (
  device_pk bigint primary key references device (id),
  epoch integer not null check (epoch >= 0),
  next_n bigint not null check (next_n >= 0),
  state_wrapped bytea not null
) with (fillfactor = 50);

-- Locked when a decision writes a line: never together with the row above.
create table device_log_head (
  device_pk bigint primary key references device (id),
  line_index bigint not null check (line_index >= 0),
  head bytea not null check (octet_length(head) = 32)
) with (fillfactor = 70);

-- ------------------------------------------------------------------------------ enrolment

create table enrolment (
  id bytea primary key check (octet_length(id) = 16),
  party_id bigint not null references party (id),
  state varchar(16) not null
    check (state in ('OFFERED', 'BOUND', 'CONFIRMED', 'CANCELLED', 'EXPIRED')),
  offer bytea not null,
  code_wrapped bytea,
  hpke_scalar_wrapped bytea,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  message1_hash bytea check (octet_length(message1_hash) = 32),
  message2 bytea,
  confirmation_hash bytea check (octet_length(confirmation_hash) = 32),
  device_pk bigint unique references device (id),
  ended_at timestamptz,
  version integer not null,
  -- the secrets live as long as they can serve, and no longer
  check ((state in ('OFFERED', 'BOUND'))
         = (code_wrapped is not null and hpke_scalar_wrapped is not null and ended_at is null)),
  check (state in ('OFFERED', 'BOUND') or (code_wrapped is null and hpke_scalar_wrapped is null)),
  check (state not in ('BOUND', 'CONFIRMED')
         or (message1_hash is not null and message2 is not null
             and confirmation_hash is not null and device_pk is not null)),
  check (state <> 'OFFERED' or message1_hash is null)
);
create index enrolment_by_expiry on enrolment (expires_at) where state in ('OFFERED', 'BOUND');
-- one activation at a time
create unique index enrolment_open_of_party on enrolment (party_id)
  where state in ('OFFERED', 'BOUND');

-- An approver's word that a party may bind one device more.
create sequence activation_allowance_seq start with 50 increment by 50;

create table activation_allowance (
  id bigint primary key,
  party_id bigint not null references party (id),
  granted_by varchar(64) not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  version integer not null
);
create unique index activation_allowance_unused on activation_allowance (party_id)
  where used_at is null;
