-- What the bank says first, and what devices of one account may ask beside codes: lodged bills,
-- reserved numbers, one device's word for another.

-- -------------------------------------------------------------------------------- notices

-- Whatever moves a device writes here, in its own transaction, what the account's other devices are
-- to hear; the notices follow at once, in a transaction that locks their sequencers and logs. A row
-- lives from the one to the other.
create sequence notice_due_seq start with 50 increment by 50;

create table notice_due (
  id bigint primary key,
  party_id bigint not null,
  except_device bigint not null,
  kind smallint not null check (kind between 1 and 3),
  subject bytea not null,
  made_at timestamptz not null
);
create index notice_due_in_order on notice_due (made_at, id);

-- Picked up like final answers; only these bytes are ever sent.
create table notice (
  device_pk bigint not null,
  epoch bigint not null,
  k bigint not null check (k > 0),
  pickup bytea not null check (octet_length(pickup) = 16),
  sealed bytea not null,
  made_at timestamptz not null,
  primary key (device_pk, epoch, k)
);
create unique index notice_by_pickup on notice (pickup);
create trigger notice_is_immutable before update or delete or truncate on notice
  for each statement execute function refuse_change();

-- The line of a notice is about no half.
alter table log_line alter column half_id drop not null;

-- ---------------------------------------------------------------------------- countersigns

-- The word of one device of an account for another: evidence beside the binding record.
create table device_countersign (
  device_pk bigint primary key references device (id),
  signer_pk bigint not null references device (id),
  sign1 bytea not null,
  at timestamptz not null,
  check (device_pk <> signer_pk)
);
create trigger device_countersign_is_immutable
  before update or delete or truncate on device_countersign
  for each statement execute function refuse_change();

-- ---------------------------------------------------------------- lodged bills and numbers

-- Bills to be fetched by their number.
create table lodged_bill (
  number varchar(16) primary key,
  device_pk bigint not null references device (id),
  bill bytea not null check (octet_length(bill) between 1 and 2048),
  expires_at timestamptz not null
);
create index lodged_bill_by_expiry on lodged_bill (expires_at);

-- Transaction numbers that the bank drew, each reserved for one account.
create table issued_number (
  number varchar(16) primary key,
  party_id bigint not null references party (id),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index issued_number_by_expiry on issued_number (expires_at);
create index issued_number_open on issued_number (party_id) where used_at is null;
