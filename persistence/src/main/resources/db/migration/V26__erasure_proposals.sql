-- What was proposed and came to nothing is kept, until the party is erased: who proposed, who took it back, and why.
create sequence erasure_proposal_seq;
alter table erasure_proposal drop constraint erasure_proposal_pkey;
alter table erasure_proposal add column id bigint not null default nextval('erasure_proposal_seq');
alter table erasure_proposal alter column id drop default;
alter table erasure_proposal add primary key (id);
alter table erasure_proposal add column ended varchar(16) check (ended in ('WITHDRAWN', 'EXPIRED'));
alter table erasure_proposal add column ended_reason varchar(500);
alter table erasure_proposal add column ended_at timestamptz;
alter table erasure_proposal add check ((ended is null) = (ended_at is null));
alter table erasure_proposal add check ((ended_reason is not null) = coalesce(ended = 'WITHDRAWN', false));
-- one at a time
create unique index erasure_proposal_open on erasure_proposal (party_id) where ended is null;
create index erasure_proposal_by_party on erasure_proposal (party_id, id);

-- An institution asks for its own that may be erased, which may be few among many.
create index party_ended_active_of_institution on party (institution_id, ended_at, id)
  where erased_at is null and activated_at is not null and ended_at is not null;
create index party_ended_never_of_institution on party (institution_id, ended_at, id)
  where erased_at is null and activated_at is null and ended_at is not null;
