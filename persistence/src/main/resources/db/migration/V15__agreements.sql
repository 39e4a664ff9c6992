-- Versions of the agreement between a party and the consortium. The first one is put here at the start of the first node; each
-- later one is proposed by one person and confirmed by another.
create table agreement (
  version integer primary key check (version between 1 and 9999),
  text varchar(12000) not null,
  text_hash bytea not null check (octet_length(text_hash) = 32),
  effective_at timestamptz not null,
  published_by varchar(64),
  approved_by varchar(64),
  published_at timestamptz not null,
  check ((published_by is null) = (version = 1)),
  check ((approved_by is null) = (version = 1)),
  check (published_by <> approved_by)
);
create trigger agreement_is_immutable before update or delete or truncate on agreement
  for each statement execute function refuse_change();

create sequence agreement_proposal_seq;
create table agreement_proposal (
  id bigint primary key,
  version integer not null,
  text varchar(12000) not null,
  text_hash bytea not null check (octet_length(text_hash) = 32),
  effective_at timestamptz not null,
  proposed_by varchar(64) not null,
  proposed_at timestamptz not null,
  state varchar(16) not null check (state in ('OPEN', 'PUBLISHED', 'WITHDRAWN')),
  decided_by varchar(64),
  decided_at timestamptz,
  check ((state = 'OPEN') = (decided_by is null)),
  check ((state = 'OPEN') = (decided_at is null))
);
create unique index agreement_proposal_open on agreement_proposal (state) where state = 'OPEN';

-- How far the notices of a version have come: parties up to these numbers were told that it is there, and reminded that it is in
-- force. It moves in the transaction that makes the notices due, so nobody is told twice or left out.
create table agreement_round (
  version integer primary key references agreement (version),
  told_to bigint not null,
  told_at timestamptz,
  reminded_to bigint not null,
  reminded_at timestamptz
);
create index party_active on party (id) where state = 'ACTIVE';

-- What each party has agreed to, when, and by which device: by the binding of a device, or, with a signature, by request 12.
create table party_agreement (
  party_id bigint not null references party (id),
  version integer not null check (version > 0),
  text_hash bytea not null check (octet_length(text_hash) = 32),
  agreed_at timestamptz not null,
  device_pk bigint not null references device (id),
  sign1 bytea check (octet_length(sign1) between 1 and 512),
  primary key (party_id, version)
);
create trigger party_agreement_is_immutable before update or delete or truncate on party_agreement
  for each statement execute function refuse_change();

-- Who has a device has agreed by its binding.
insert into party_agreement (party_id, version, text_hash, agreed_at, device_pk)
  select distinct on (d.party_id) d.party_id, p.contract_version, p.contract_hash, d.activated_at, d.id
  from device d join party p on p.id = d.party_id
  where d.activated_at is not null
  order by d.party_id, d.activated_at, d.id;

-- A notice may be for all devices of an account.
alter table notice_due drop constraint notice_due_kind_check;
alter table notice_due add constraint notice_due_kind_check check (kind between 1 and 7);
alter table notice_due drop constraint notice_due_check;
alter table notice_due add constraint notice_due_check check (except_device is null or device_pk is null);

alter table request_reply drop constraint request_reply_kind_check;
alter table request_reply add constraint request_reply_kind_check check (kind between 1 and 12);
