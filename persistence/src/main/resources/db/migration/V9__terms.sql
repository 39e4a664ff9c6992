-- Terms beyond the amount, and PINs for levels.

-- ---------------------------------------------------------------------------------- halves

-- The loyalty id is wrapped, and wiped with the final answer like the shorthand. Which level PINs
-- were proven stands on the half's receipt: bit 2^(level - 1).
alter table half
  add column loyalty_wrapped bytea,
  add column levels smallint not null default 0 check (levels between 0 and 127);
alter table half drop constraint half_purpose_check;
alter table half add constraint half_purpose_check check (purpose between 1 and 4);

-- -------------------------------------------------------------------------------- requests

alter table request_reply drop constraint request_reply_kind_check;
alter table request_reply
  add constraint request_reply_kind_check check (kind between 1 and 11);

-- ------------------------------------------------------------------------------ level PINs

-- What proofs of a device's level PINs are checked with. The device's row in device_sequencer is
-- locked by whoever reads or writes here.
create table level_pin (
  device_pk bigint not null references device (id),
  level smallint not null check (level between 1 and 7),
  verifier_wrapped bytea not null,
  set_at timestamptz not null,
  primary key (device_pk, level)
);
