-- How the staff proves who it is: password schemes, security keys, sessions that end when idle; what was done to accounts.

alter table staff_user add column password_scheme varchar(16) not null default 'PBKDF2';
alter table staff_user alter column password_scheme drop default;
alter table staff_user add column password_memory_kib integer not null default 0;
alter table staff_user alter column password_memory_kib drop default;
alter table staff_user add column password_lanes integer not null default 1;
alter table staff_user alter column password_lanes drop default;
alter table staff_user drop constraint staff_user_password_iterations_check;
alter table staff_user add constraint staff_user_password_check check (
  (password_scheme = 'PBKDF2' and password_iterations >= 600000 and password_memory_kib = 0 and password_lanes = 1)
  or (password_scheme = 'ARGON2ID' and password_iterations between 2 and 16
    and password_memory_kib between 19456 and 262144 and password_lanes between 1 and 4));

alter table staff_user add column state varchar(16) not null default 'ACTIVE'
  check (state in ('ACTIVE', 'SUSPENDED', 'CLOSED'));
alter table staff_user alter column state drop default;
-- what a security key knows its owner by; says nothing about who that is
alter table staff_user add column user_handle bytea unique check (octet_length(user_handle) = 32);
-- names that differ in the case of letters only would be taken for one another
create index staff_user_by_small_name on staff_user (lower(name));

alter table staff_session add column id bytea check (octet_length(id) = 16);
update staff_session set id = decode(substr(md5(random()::text || clock_timestamp()::text || token_hash::text), 1, 32), 'hex');
alter table staff_session alter column id set not null;
create unique index staff_session_by_id on staff_session (id);
alter table staff_session add column used_at timestamptz;
update staff_session set used_at = opened_at;
alter table staff_session alter column used_at set not null;
alter table staff_session add column with_key boolean not null default false;
alter table staff_session alter column with_key drop default;

create sequence staff_key_seq start with 50 increment by 50;

-- Security keys, W3C Web Authentication: the credential record of 4, "Terminology".
create table staff_key (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  staff_id bigint not null references staff_user (id),
  credential_id bytea not null unique check (octet_length(credential_id) between 1 and 1023),
  public_key bytea not null check (octet_length(public_key) = 33),
  name varchar(64) not null,
  sign_count bigint not null check (sign_count between 0 and 4294967295),
  backup_eligible boolean not null,
  added_at timestamptz not null,
  used_at timestamptz,
  clone_suspected_at timestamptz,
  version integer not null
);
create index staff_key_by_staff on staff_key (staff_id, id);

create table staff_challenge (
  challenge_hash bytea primary key check (octet_length(challenge_hash) = 32),
  staff_id bigint not null references staff_user (id),
  purpose varchar(8) not null check (purpose in ('SIGN_IN', 'ADD_KEY')),
  expires_at timestamptz not null
);
create index staff_challenge_by_staff on staff_challenge (staff_id);
create index staff_challenge_by_expiry on staff_challenge (expires_at);

-- What one has proposed and a second person has not confirmed yet.
create table staff_recovery (
  staff_id bigint primary key references staff_user (id),
  proposed_by varchar(64) not null,
  reason varchar(500) not null,
  expires_at timestamptz not null
);

create sequence staff_change_seq start with 50 increment by 50;

-- Who did what to an account, when and why; the account itself for what its owner did.
create table staff_change (
  id bigint primary key,
  staff_id bigint not null references staff_user (id),
  what varchar(24) not null check (what in ('OPENED', 'PASSWORD_CHOSEN', 'ROLES_CHANGED', 'SUSPENDED', 'REACTIVATED', 'CLOSED',
    'KEY_ADDED', 'KEY_REMOVED', 'KEY_CLONE_SUSPECTED', 'RECOVERY_PROPOSED', 'RECOVERED')),
  detail varchar(200) not null,
  actor varchar(64) not null,
  reason varchar(500),
  at timestamptz not null
);
create index staff_change_by_staff on staff_change (staff_id, id);
create trigger staff_change_is_immutable before update or delete or truncate on staff_change
  for each statement execute function refuse_change();
