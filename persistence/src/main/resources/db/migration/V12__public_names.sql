-- No two providers that take part, or may come back, have public names that people would take for one: what their names
-- look like, as written and in small letters. Applications do not count, so nobody keeps a name from its owner by
-- applying under it. A database that has providers from before is refused here: SQL cannot make skeletons.
alter table party add column display_name_look_hash bytea check (octet_length(display_name_look_hash) = 32);
alter table party add column display_name_folded_hash bytea check (octet_length(display_name_folded_hash) = 32);
alter table party add check ((display_name is null) = (display_name_look_hash is null));
alter table party add check ((display_name is null) = (display_name_folded_hash is null));
create unique index party_by_look on party (display_name_look_hash) where state in ('ACTIVE', 'LAPSED', 'SUSPENDED');
create unique index party_by_folded on party (display_name_folded_hash) where state in ('ACTIVE', 'LAPSED', 'SUSPENDED');
