-- Privacy: a key for each party, exports of what is known of it, and its erasure.

-- What is kept of a party in secret is sealed under the party's own key. Destroying that makes all of it unreadable, wherever
-- copies are. What was sealed before lies under the bank's one key and cannot be opened: a database that has parties from before is
-- refused here, for nothing but the bank can seal anew.
create table party_key (
  party_id bigint primary key references party (id),
  key_sealed bytea,
  made_at timestamptz not null,
  destroyed_at timestamptz,
  check ((key_sealed is null) = (destroyed_at is not null))
);
do $$
begin
  if exists (select 1 from party) then
    raise exception 'parties from before have no key of their own';
  end if;
end
$$;

-- Notes on hits speak of the party: they are sealed too.
alter table screening_decision drop column note;
alter table screening_decision add column note_sealed bytea not null;

-- An erased registration does not exist any more; its row stays for what refers to it.
alter table party add column erased_at timestamptz;
drop index party_by_state;
create index party_by_state on party (state, id) where erased_at is null;
drop index party_by_institution;
create index party_by_institution on party (institution_id, state, id) where erased_at is null;
-- When it was refused or closed: from then on the time runs for which its data must be kept.
alter table party add column ended_at timestamptz;
alter table party add check ((ended_at is null) = (state not in ('REFUSED', 'CLOSED')));
create index party_ended_active on party (ended_at, id) where erased_at is null and activated_at is not null and ended_at is not null;
create index party_ended_never on party (ended_at, id) where erased_at is null and activated_at is null and ended_at is not null;
-- a provider that is erased has no public name
alter table party drop constraint party_check;
alter table party add check (role <> 'PROVIDER' or display_name is not null or erased_at is not null);

-- ------------------------------------------------------------------------------------ erasure

-- One person's word that a party be erased, until another person confirms it.
create table erasure_proposal (
  party_id bigint primary key references party (id),
  proposed_by varchar(64) not null,
  reason varchar(500) not null,
  at timestamptz not null
);

-- Who erased whom, when and why, and how many rows went or were emptied; nothing of whoever it was.
create sequence erasure_seq;
create table erasure (
  id bigint primary key,
  party_id bigint not null unique references party (id),
  registration bytea not null unique check (octet_length(registration) = 16),
  institution_id bigint references institution (id),
  proposed_by varchar(64) not null,
  confirmed_by varchar(64) not null,
  reason varchar(500) not null,
  deleted integer not null check (deleted >= 0),
  emptied integer not null check (emptied >= 0),
  at timestamptz not null,
  check (proposed_by <> confirmed_by or proposed_by like 'system:%')
);
create index erasure_of_institution on erasure (institution_id, id);
create trigger erasure_is_immutable before update or delete or truncate on erasure
  for each statement execute function refuse_change();

create function is_erased(party bigint) returns boolean language sql stable as $$
  select exists (select 1 from party_key where party_id = party and destroyed_at is not null)
$$;

-- Lines that nobody can change lose what people wrote in their own words when their party is erased, and nothing else.
create function only_words_are_erased() returns trigger language plpgsql as $$
declare
  party bigint;
begin
  if tg_table_name = 'device_transition' then
    select d.party_id into party from device d where d.id = old.device_pk;
  else
    party := old.party_id;
  end if;
  if new.reason = 'erased' and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason' and is_erased(party) then
    return new;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;
alter table kyc_access add column reason varchar(500);
do $$
declare
  name text;
begin
  foreach name in array array['party_transition', 'device_transition', 'kyc_access'] loop
    execute format('drop trigger %I on %I', name || '_is_immutable', name);
    execute format('create trigger %I before delete or truncate on %I for each statement execute function refuse_change()',
                   name || '_is_immutable', name);
    execute format('create trigger %I before update on %I for each row execute function only_words_are_erased()',
                   name || '_keeps_all_but_words', name);
  end loop;
end
$$;

-- What was decided on hits goes with the hits, since it says whom a party was taken for.
create function only_the_erased_go() returns trigger language plpgsql as $$
begin
  if exists (select 1 from screening_hit h where h.id = old.hit_id and is_erased(h.party_id)) then
    return old;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;
drop trigger screening_decision_is_immutable on screening_decision;
create trigger screening_decision_is_immutable before update or truncate on screening_decision
  for each statement execute function refuse_change();
create trigger screening_decision_goes_with_its_party before delete on screening_decision
  for each row execute function only_the_erased_go();

-- Who looked for a number stays; the number's hash and the words go with the party whose number it was.
create function only_numbers_are_erased() returns trigger language plpgsql as $$
begin
  if new.reason = 'erased' and new.number_hash = decode(repeat('00', 32), 'hex')
     and to_jsonb(new) - 'reason' - 'number_hash' = to_jsonb(old) - 'reason' - 'number_hash'
     and exists (select 1 from instrument i where (i.pan_hash = old.number_hash or i.external_hash = old.number_hash)
                 and is_erased(i.party_id)) then
    return new;
  end if;
  raise exception 'table % is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;
drop trigger instrument_search_is_immutable on instrument_search;
create trigger instrument_search_is_immutable before delete or truncate on instrument_search
  for each statement execute function refuse_change();
create trigger instrument_search_keeps_all_but_numbers before update on instrument_search
  for each row execute function only_numbers_are_erased();
create index instrument_search_of_number on instrument_search (number_hash);

-- What keeps a party from being erased is looked for by these.
create index authority_open_of_payer on authority (payer_party) where state = 'OPEN';
create index authority_open_of_payee on authority (payee_party) where state = 'OPEN';

-- ------------------------------------------------------------------------------------ exports

-- What was made of what is known of a party, by whom; not the export itself.
create sequence party_export_seq;
create table party_export (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  party_id bigint not null references party (id),
  made_by varchar(64) not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  size_bytes integer not null check (size_bytes > 0),
  at timestamptz not null
);
create index party_export_by_party on party_export (party_id, id);
