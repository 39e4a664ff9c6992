-- What a device signed at enrolment holds what checks its PIN: it is kept sealed. A database that has
-- devices from before is refused here: nothing but the bank can seal what lies in it in clear.
alter table device drop column bind_request;
alter table device add column bind_request_sealed bytea not null;

-- How many bills of a device wait to be fetched is limited.
create index lodged_bill_of_device on lodged_bill (device_pk, expires_at);

-- No two providers that take part have public names that people would take for one. Applications do
-- not count, so nobody keeps a name from its owner by applying under it.
alter table party add column display_name_skeleton varchar(1024);
create unique index party_public_name on party (display_name_skeleton)
  where state in ('ACTIVE', 'LAPSED', 'SUSPENDED');
