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
