-- Exports that are asked for: fetched within minutes, by who asked; kept for a day so that they can be counted.
create table opened_export (
  public_id bytea primary key check (octet_length(public_id) = 16),
  party_id bigint not null references party (id),
  opened_by varchar(64) not null,
  reason varchar(500),
  opened_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > opened_at)
);
create index opened_export_by_party on opened_export (party_id, opened_at);
create index opened_export_by_person on opened_export (opened_by, opened_at);
create index opened_export_by_end on opened_export (expires_at);

-- An archive has the name of the export that it was fetched by, which may be fetched again.
alter table party_export drop constraint party_export_public_id_key;
create index party_export_by_public_id on party_export (public_id);
