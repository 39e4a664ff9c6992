-- Registration as a bank does it: applied, screened, reviewed by two people, approved, and looked at again when its time is over.

alter table party drop constraint party_state_check;
alter table party add constraint party_state_check check (state in
  ('APPLIED', 'SCREENING', 'REVIEW', 'APPROVED', 'ACTIVE', 'REFUSED', 'LAPSED', 'SUSPENDED', 'CLOSED'));

-- When the party first became active; until when its identification holds; when the next reminder or the lapse is due.
alter table party add column activated_at timestamptz;
alter table party add column verified_until timestamptz;
alter table party add column verification_due_at timestamptz;
update party set activated_at = registered_at,
    verified_until = now() + case kind when 'PERSON' then interval '24 months' else interval '12 months' end,
    verification_due_at = now() + case kind when 'PERSON' then interval '22 months' else interval '10 months' end
  where state in ('ACTIVE', 'LAPSED', 'SUSPENDED');
create index party_by_verification on party (verification_due_at) where state = 'ACTIVE';
create index party_by_application on party (registered_at) where state = 'APPLIED';

-- A provider that is approved holds its public name too, and so does one that is looked at again.
drop index party_by_look;
drop index party_by_folded;
create unique index party_by_look on party (display_name_look_hash)
  where state in ('APPROVED', 'ACTIVE', 'LAPSED', 'SUSPENDED') or (state = 'REVIEW' and activated_at is not null);
create unique index party_by_folded on party (display_name_folded_hash)
  where state in ('APPROVED', 'ACTIVE', 'LAPSED', 'SUSPENDED') or (state = 'REVIEW' and activated_at is not null);

-- Numbers one after the other, so that a party's lines come in the order they were written; who proposed what another confirmed.
alter sequence party_transition_seq increment by 1;
alter table party_transition add column proposed_by varchar(64);

-- The wish to approve, until another person confirms it or the registration leaves its review.
create sequence approval_proposal_seq;
create table approval_proposal (
  id bigint primary key,
  party_id bigint not null references party (id),
  proposed_by varchar(64) not null,
  reason varchar(500) not null,
  at timestamptz not null,
  ended_at timestamptz
);
create unique index approval_proposal_open on approval_proposal (party_id) where ended_at is null;
create index approval_proposal_by_party on approval_proposal (party_id, id);

-- What a party said of itself for its identification, sealed as one. What was decided on stays, for the bank must show it later;
-- what was not is replaced by the next edition.
create sequence party_identification_seq;
create table party_identification (
  id bigint primary key,
  party_id bigint not null references party (id),
  edition integer not null check (edition > 0),
  sealed bytea not null,
  stated_at timestamptz not null,
  submitted_at timestamptz,
  approved_at timestamptz,
  unique (party_id, edition)
);

-- Documents that show it, sealed; the content stands apart so that lists do not read it.
create sequence party_document_seq;
create table party_document (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  party_id bigint not null references party (id),
  kind varchar(32) not null,
  media_type varchar(32) not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  size_bytes integer not null check (size_bytes between 1 and 5242880),
  sha256 bytea not null check (octet_length(sha256) = 32),
  uploaded_at timestamptz not null
);
create index party_document_by_party on party_document (party_id, id);
create table party_document_content (
  document_id bigint primary key references party_document (id) on delete cascade,
  sealed bytea not null
);

-- Who of the staff opened personal data of which party, what of it, and where the registration stood then.
create sequence kyc_access_seq;
create table kyc_access (
  id bigint primary key,
  party_id bigint not null references party (id),
  actor varchar(64) not null,
  what varchar(16) not null,
  document_id bytea check (octet_length(document_id) = 16),
  party_state varchar(16) not null,
  at timestamptz not null
);
create index kyc_access_by_party on kyc_access (party_id, id);
create trigger kyc_access_is_immutable before update or delete or truncate on kyc_access
  for each statement execute function refuse_change();

-- What the bank tells a party; no personal data is in it.
create sequence party_message_seq;
create table party_message (
  id bigint primary key,
  party_id bigint not null references party (id),
  kind varchar(32) not null,
  parameters varchar(500) not null,
  at timestamptz not null
);
create index party_message_by_party on party_message (party_id, id);
