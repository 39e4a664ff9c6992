-- Member banks under whose brand parties register, who works for them, and the programs by which they do it.
-- Everything that belongs to an institution names it; what names none belongs to the consortium alone.

create sequence institution_seq start with 50 increment by 50;

create table institution (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  state varchar(16) not null check (state in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
  name varchar(64) not null,
  name_look_hash bytea not null check (octet_length(name_look_hash) = 32),
  name_folded_hash bytea not null check (octet_length(name_folded_hash) = 32),
  text_colour varchar(7) not null check (text_colour ~ '^#[0-9a-f]{6}$'),
  background_colour varchar(7) not null check (background_colour ~ '^#[0-9a-f]{6}$'),
  logo bytea check (octet_length(logo) between 1 and 65536),
  logo_hash bytea check (octet_length(logo_hash) = 32),
  terms text not null check (length(terms) between 1 and 20000),
  terms_hash bytea not null check (octet_length(terms_hash) = 32),
  created_at timestamptz not null,
  version integer not null,
  check ((logo is null) = (logo_hash is null))
);
-- a closed one leaves its name
create unique index institution_by_look on institution (name_look_hash) where state <> 'CLOSED';
create unique index institution_by_folded on institution (name_folded_hash) where state <> 'CLOSED';

-- Who did what to an institution or to one of its clients, when and why.
create sequence institution_line_seq start with 50 increment by 50;

create table institution_line (
  id bigint primary key,
  institution_id bigint not null references institution (id),
  client varchar(40),
  what varchar(16) not null
    check (what in ('CREATED', 'CHANGED', 'ACTIVE', 'SUSPENDED', 'CLOSED', 'REGISTERED', 'ROTATED', 'REVOKED')),
  actor varchar(64) not null,
  reason varchar(500),
  at timestamptz not null
);
create index institution_line_by_institution on institution_line (institution_id, id);
create trigger institution_line_is_immutable before update or delete or truncate on institution_line
  for each statement execute function refuse_change();

alter table party add column institution_id bigint references institution (id);
alter table party add column registered_by varchar(64);
create index party_by_institution on party (institution_id, state, id);

alter table staff_user add column institution_id bigint references institution (id);
create index staff_user_by_institution on staff_user (institution_id) where institution_id is not null;

-- the longest name has 19 letters; a partner bank's program is no member of the staff
alter table staff_role alter column role type varchar(20);
alter table staff_role drop constraint staff_role_role_check;
alter table staff_role add constraint staff_role_role_check
  check (role in ('ADMINISTRATOR', 'CLERK', 'APPROVER', 'AUDITOR', 'LOCAL_ADMINISTRATOR'));

-- ---------------------------------------------------------------------------- partner banks

create sequence partner_client_seq start with 50 increment by 50;

create table partner_client (
  id bigint primary key,
  name varchar(40) not null unique check (name ~ '^[a-z][a-z0-9-]{2,39}$'),
  institution_id bigint not null references institution (id),
  state varchar(16) not null check (state in ('ACTIVE', 'REVOKED')),
  certificate_hash bytea check (octet_length(certificate_hash) = 32),
  registered_at timestamptz not null,
  version integer not null
);
create index partner_client_by_institution on partner_client (institution_id, id);

create table partner_scope (
  client_id bigint not null references partner_client (id),
  scope varchar(24) not null check (scope in ('REGISTRATIONS', 'WEBHOOKS', 'TRANSACTIONS_READ')),
  primary key (client_id, scope)
);

create table partner_key (
  client_id bigint not null references partner_client (id),
  kid varchar(64) not null,
  algorithm varchar(8) not null check (algorithm in ('ES256', 'PS256', 'EDDSA')),
  public_key bytea not null check (octet_length(public_key) between 32 and 1024),
  primary key (client_id, kid)
);

-- Assertions that were used; a line goes when its assertion would have expired anyway.
create table partner_assertion (
  client_id bigint not null references partner_client (id),
  jti_hash bytea not null check (octet_length(jti_hash) = 32),
  expires_at timestamptz not null,
  primary key (client_id, jti_hash)
);
create index partner_assertion_by_expiry on partner_assertion (expires_at);

create table partner_token (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  client_id bigint not null references partner_client (id),
  certificate_hash bytea check (octet_length(certificate_hash) = 32),
  scopes varchar(100) not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null
);
create index partner_token_by_client on partner_token (client_id);
create index partner_token_by_expiry on partner_token (expires_at);
