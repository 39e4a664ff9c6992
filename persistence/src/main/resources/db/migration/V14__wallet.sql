-- The eWallet: accounts at other banks, proof that an instrument is its party's own, limits that the
-- party sets itself, places of delivery, and who of the staff looked for a number.

-- ------------------------------------------------------------------------------ instruments

alter table instrument drop constraint instrument_kind_check;
alter table instrument add constraint instrument_kind_check
  check (kind in ('ACCOUNT', 'CARD', 'EXTERNAL'));
alter table instrument
  add column verification varchar(10)
    check (verification in ('UNVERIFIED', 'PENDING', 'VERIFIED', 'FAILED')),
  add column verified_at timestamptz,
  add column place integer,
  add column usable_from timestamptz,
  add column removed_at timestamptz,
  add column external_form varchar(4) check (external_form in ('IBAN', 'US')),
  add column external_sealed bytea,
  add column external_hash bytea check (octet_length(external_hash) = 32),
  add column external_country varchar(2),
  add column external_currency varchar(3),
  add column external_last_four varchar(4),
  add column limit_currency varchar(3),
  add column limit_each_minor bigint check (limit_each_minor between 0 and 1000000000000000),
  add column limit_day_minor bigint check (limit_day_minor between 0 and 1000000000000000),
  add column limit_next_each_minor bigint
    check (limit_next_each_minor between 0 and 1000000000000000),
  add column limit_next_day_minor bigint
    check (limit_next_day_minor between 0 and 1000000000000000),
  add column limit_next_at timestamptz;

-- What was there draws on our own ledger and is known, but for cards of other banks.
update instrument i
set verification = case when kind = 'CARD' and ledger_account_id is null
                        then 'UNVERIFIED' else 'VERIFIED' end,
  verified_at = case when kind = 'CARD' and ledger_account_id is null then null else added_at end,
  place = n.place
from (select id, row_number() over (partition by party_id order by id) as place
      from instrument) n
where n.id = i.id;
alter table instrument
  alter column verification set not null,
  alter column place set not null,
  add check ((kind = 'EXTERNAL')
             = (external_form is not null and external_sealed is not null
                and external_hash is not null and external_country is not null
                and external_currency is not null and external_last_four is not null)),
  add check (kind <> 'EXTERNAL' or ledger_account_id is null),
  add check (limit_currency is not null
             or (limit_each_minor is null and limit_day_minor is null and limit_next_at is null));
create unique index instrument_by_external on instrument (party_id, external_hash)
  where not removed and external_hash is not null;
create index instrument_of_account on instrument (ledger_account_id)
  where ledger_account_id is not null;
create index instrument_by_party on instrument (party_id, added_at);
-- for the staff, who do not know the party
create index instrument_of_pan on instrument (pan_hash, id) where pan_hash is not null;
create index instrument_of_external on instrument (external_hash, id)
  where external_hash is not null;

-- What was spent with an instrument on one day, where its party has set a limit for the day. One row
-- for each instrument: the first payment of another day begins anew. Whoever reads or writes it
-- holds the balance row of the account that the instrument draws on, so it needs no lock of its own.
create table instrument_spent (
  instrument_id bigint primary key references instrument (id),
  day date not null,
  spent_minor bigint not null check (spent_minor >= 0)
) with (fillfactor = 70);

-- What charges are drawn with, so that limits and removal reach them; null for those from before.
alter table authority add column instrument_id bigint;

-- --------------------------------------------------------------------------- micro-deposits

-- Two small amounts that are paid to an account at another bank; who can name them has access to it.
create sequence micro_deposit_seq start with 50 increment by 50;

create table micro_deposit (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  instrument_id bigint not null references instrument (id),
  party_id bigint not null references party (id),
  currency varchar(3) not null check (currency ~ '^[A-Z]{3}$'),
  amounts_sealed bytea not null,
  state varchar(9) not null
    check (state in ('ORDERED', 'SENT', 'CONFIRMED', 'FAILED', 'EXPIRED', 'CANCELLED')),
  tries smallint not null check (tries between 0 and 3),
  ordered_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  sent_by varchar(64),
  ended_at timestamptz,
  version integer not null,
  check ((state in ('ORDERED', 'SENT')) = (ended_at is null)),
  check ((sent_at is null) = (sent_by is null)),
  check (state not in ('SENT', 'CONFIRMED', 'FAILED') or sent_at is not null),
  check (state <> 'ORDERED' or sent_at is null)
);
create unique index micro_deposit_open on micro_deposit (instrument_id)
  where state in ('ORDERED', 'SENT');
create index micro_deposit_by_instrument on micro_deposit (instrument_id, id);
create index micro_deposit_by_party on micro_deposit (party_id, ordered_at);
create index micro_deposit_by_state on micro_deposit (state, id);
create index micro_deposit_expiring on micro_deposit (expires_at)
  where state in ('ORDERED', 'SENT');

-- What proving accounts of other banks costs.
alter table ledger_account drop constraint ledger_account_kind_check;
alter table ledger_account add constraint ledger_account_kind_check
  check (kind in ('DEPOSIT', 'CASH', 'CLEARING', 'SETTLEMENT', 'SUSPENSE', 'FEE_INCOME',
                  'VERIFICATION'));

-- ----------------------------------------------------------------------- places of delivery

create sequence delivery_address_seq start with 50 increment by 50;

create table delivery_address (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  party_id bigint not null references party (id),
  shorthand varchar(32) not null,
  shorthand_key varchar(64) not null,
  address_sealed bytea not null,
  preferred boolean not null,
  added_at timestamptz not null,
  version integer not null
);
create unique index delivery_address_by_shorthand on delivery_address (party_id, shorthand_key);
create unique index delivery_address_preferred on delivery_address (party_id) where preferred;

-- ---------------------------------------------------------------------- searches by number

-- Who of the staff looked for whose number it is, and why. The number itself is not here.
create sequence instrument_search_seq start with 50 increment by 50;

create table instrument_search (
  id bigint primary key,
  actor varchar(64) not null,
  reason varchar(500) not null,
  form varchar(4) not null check (form in ('CARD', 'IBAN', 'US')),
  number_hash bytea not null check (octet_length(number_hash) = 32),
  found integer not null check (found >= 0),
  at timestamptz not null
);
create trigger instrument_search_is_immutable before update or delete or truncate
  on instrument_search for each statement execute function refuse_change();
