-- What a device signed at enrolment holds what checks its PIN: it is kept sealed. A database that has
-- devices from before is refused here: nothing but the bank can seal what lies in it in clear.
alter table device drop column bind_request;
alter table device add column bind_request_sealed bytea not null;

-- How many bills of a device wait to be fetched is limited.
create index lodged_bill_of_device on lodged_bill (device_pk, expires_at);
