-- The back office: who the parties are, who works here, what they own, and the ledger.
-- Amounts are minor units. In the ledger a debit is positive and a credit negative.

-- No statement of this application may wait long for a lock; the data source's URL says the same
-- for sessions that were open before.
do $$
begin
  execute format('alter role %I in database %I set lock_timeout = %L',
                 current_user, current_database(), '5s');
end
$$;

-- Proves at start-up that a node holds the key-encryption key this data was written under.
create table key_check (
  id smallint primary key check (id = 1),
  value bytea not null check (octet_length(value) = 32)
);

-- ---------------------------------------------------------------------------------- parties

create sequence party_seq start with 50 increment by 50;

create table party (
  id bigint primary key,
  registration bytea not null unique check (octet_length(registration) = 16),
  kind varchar(16) not null check (kind in ('PERSON', 'ORGANISATION')),
  role varchar(16) not null check (role in ('USER', 'PROVIDER')),
  state varchar(16) not null
    check (state in ('APPLIED', 'ACTIVE', 'REFUSED', 'LAPSED', 'SUSPENDED', 'CLOSED')),
  name_sealed bytea not null,
  email_sealed bytea,
  display_name varchar(64),
  place varchar(64),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  account_identifier bytea not null unique check (octet_length(account_identifier) = 16),
  contract_id bytea not null unique check (octet_length(contract_id) = 16),
  account_binding_sealed bytea not null,
  contract_version integer not null check (contract_version > 0),
  contract_hash bytea not null check (octet_length(contract_hash) = 32),
  registered_at timestamptz not null,
  version integer not null,
  check (role <> 'PROVIDER' or display_name is not null)
);
create index party_by_state on party (state, id);

create sequence party_transition_seq start with 50 increment by 50;

create table party_transition (
  id bigint primary key,
  party_id bigint not null references party (id),
  from_state varchar(16) not null,
  to_state varchar(16) not null,
  actor varchar(64) not null,
  reason varchar(500) not null,
  at timestamptz not null
);
create index party_transition_by_party on party_transition (party_id, id);

-- ------------------------------------------------------------------------------------ staff

create sequence staff_user_seq start with 50 increment by 50;

create table staff_user (
  id bigint primary key,
  name varchar(64) not null unique,
  password_salt bytea not null check (octet_length(password_salt) = 16),
  password_hash bytea not null check (octet_length(password_hash) = 32),
  password_iterations integer not null check (password_iterations >= 600000),
  one_time boolean not null,
  failures integer not null check (failures >= 0),
  locked_until timestamptz,
  created_at timestamptz not null,
  version integer not null
);

create table staff_role (
  staff_id bigint not null references staff_user (id),
  role varchar(16) not null check (role in ('ADMINISTRATOR', 'CLERK', 'APPROVER', 'AUDITOR')),
  primary key (staff_id, role)
);

create table staff_session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  staff_id bigint not null references staff_user (id),
  opened_at timestamptz not null,
  expires_at timestamptz not null
);
create index staff_session_by_staff on staff_session (staff_id);
create index staff_session_by_expiry on staff_session (expires_at);

-- ----------------------------------------------------------------------------------- ledger

create sequence ledger_account_seq start with 1000 increment by 1;

create table ledger_account (
  id bigint primary key default nextval('ledger_account_seq'),
  kind varchar(16) not null
    check (kind in ('DEPOSIT', 'CASH', 'CLEARING', 'SETTLEMENT', 'SUSPENSE', 'FEE_INCOME')),
  normal_side varchar(6) not null check (normal_side in ('DEBIT', 'CREDIT')),
  currency varchar(3) not null check (currency ~ '^[A-Z]{3}$'),
  party_id bigint references party (id),
  state varchar(8) not null check (state in ('OPEN', 'CLOSED')),
  opened_at timestamptz not null,
  unique (id, currency),
  check ((kind = 'DEPOSIT') = (party_id is not null))
);
create unique index ledger_account_of_party on ledger_account (party_id, currency)
  where party_id is not null;
create unique index ledger_account_of_consortium on ledger_account (kind, currency)
  where party_id is null;

create table journal_entry (
  id uuid primary key,
  kind varchar(32) not null,
  transaction_ref varchar(64) not null,
  booked_at timestamptz not null,
  reverses uuid references journal_entry (id)
);
create unique index journal_entry_reversed_once on journal_entry (reverses)
  where reverses is not null;
create index journal_entry_by_transaction on journal_entry (transaction_ref);

create table posting (
  entry_id uuid not null references journal_entry (id),
  line smallint not null check (line > 0),
  account_id bigint not null,
  amount_minor bigint not null
    check (amount_minor <> 0 and amount_minor between -1000000000000000 and 1000000000000000),
  currency varchar(3) not null,
  primary key (entry_id, line),
  foreign key (account_id, currency) references ledger_account (id, currency)
);
create index posting_by_account on posting (account_id) include (amount_minor, currency);

-- The part of each account's postings that has been summed up, and what is held.
create table account_balance (
  account_id bigint primary key references ledger_account (id),
  posted_minor bigint not null,
  held_minor bigint not null check (held_minor >= 0)
);

-- Postings not yet in account_balance. A credit only appends here, so that the many payers of one
-- busy provider never wait for each other; whoever debits the account, or the sweeper, folds them.
create table posting_unfolded (
  account_id bigint not null references ledger_account (id),
  entry_id uuid not null,
  line smallint not null,
  amount_minor bigint not null,
  primary key (account_id, entry_id, line)
);

create table hold (
  id uuid primary key,
  account_id bigint not null,
  amount_minor bigint not null check (amount_minor between 1 and 1000000000000000),
  currency varchar(3) not null,
  transaction_ref varchar(64) not null,
  state varchar(8) not null check (state in ('HELD', 'RELEASED')),
  placed_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (account_id, currency) references ledger_account (id, currency)
);
create index hold_by_expiry on hold (expires_at) where state = 'HELD';
create index hold_by_account on hold (account_id);

create function entry_must_balance() returns trigger language plpgsql as $$
declare
  entry uuid;
begin
  if tg_table_name = 'journal_entry' then
    entry := new.id;
  else
    entry := new.entry_id;
  end if;
  if not exists (select 1 from posting p where p.entry_id = entry) then
    raise exception 'journal entry % has no postings', entry using errcode = 'check_violation';
  end if;
  if exists (select 1 from posting p where p.entry_id = entry
             group by p.currency having sum(p.amount_minor) <> 0) then
    raise exception 'journal entry % does not balance', entry using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger journal_entry_balances after insert on journal_entry
  deferrable initially deferred for each row execute function entry_must_balance();
create constraint trigger posting_balances after insert on posting
  deferrable initially deferred for each row execute function entry_must_balance();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create trigger journal_entry_is_immutable before update or delete or truncate on journal_entry
  for each statement execute function refuse_change();
create trigger posting_is_immutable before update or delete or truncate on posting
  for each statement execute function refuse_change();
create trigger party_transition_is_immutable before update or delete or truncate on party_transition
  for each statement execute function refuse_change();

-- ----------------------------------------------------------------------------------- wallet

create sequence instrument_seq start with 50 increment by 50;

create table instrument (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  party_id bigint not null references party (id),
  kind varchar(8) not null check (kind in ('ACCOUNT', 'CARD')),
  shorthand varchar(32) not null,
  shorthand_key varchar(64) not null,
  ledger_account_id bigint references ledger_account (id),
  pan_sealed bytea,
  pan_hash bytea check (octet_length(pan_hash) = 32),
  bin varchar(8),
  last_four varchar(4),
  expiry varchar(7),
  preferred boolean not null,
  removed boolean not null,
  added_at timestamptz not null,
  version integer not null,
  check ((kind = 'CARD') = (pan_sealed is not null and pan_hash is not null and bin is not null
                            and last_four is not null and expiry is not null)),
  check (kind <> 'ACCOUNT' or ledger_account_id is not null)
);
create unique index instrument_by_shorthand on instrument (party_id, shorthand_key)
  where not removed;
create unique index instrument_by_pan on instrument (party_id, pan_hash)
  where not removed and pan_hash is not null;
create unique index instrument_account_once on instrument (party_id, ledger_account_id)
  where not removed and kind = 'ACCOUNT';
create unique index instrument_preferred on instrument (party_id) where preferred and not removed;
