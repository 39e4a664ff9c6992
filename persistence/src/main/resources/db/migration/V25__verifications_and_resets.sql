-- Whose identification ends soon or has ended, the soonest first: for the consortium, and for each institution.
create index party_by_verified_until on party (verified_until, id) where state in ('ACTIVE', 'LAPSED');
create index party_by_institution_verified_until on party (institution_id, verified_until, id) where state in ('ACTIVE', 'LAPSED');

-- What is proposed for a member of the staff: that keys be taken away, or that there be a new one-time password.
alter table staff_recovery add column kind varchar(16) not null default 'KEYS' check (kind in ('KEYS', 'PASSWORD'));
alter table staff_recovery alter column kind drop default;
alter table staff_recovery drop constraint staff_recovery_pkey;
alter table staff_recovery add primary key (staff_id, kind);

-- A one-time password that replaces a forgotten one is good for a time only.
alter table staff_user add column one_time_until timestamptz;
alter table staff_user add constraint staff_user_one_time_check check (one_time_until is null or one_time);

alter table staff_change drop constraint staff_change_what_check;
alter table staff_change add constraint staff_change_what_check check (what in ('OPENED', 'PASSWORD_CHOSEN', 'ROLES_CHANGED', 'SUSPENDED',
  'REACTIVATED', 'CLOSED', 'KEY_ADDED', 'KEY_REMOVED', 'KEY_CLONE_SUSPECTED', 'RECOVERY_PROPOSED', 'RECOVERED', 'RESET_PROPOSED', 'PASSWORD_RESET'));
