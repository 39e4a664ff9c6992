-- Lists of the bank's own as comma separated values, and how two people take one out of force.
alter table screening_edition drop constraint screening_edition_format_check;
alter table screening_edition add constraint screening_edition_format_check
  check (format in ('OFAC_CSV', 'OFAC_XML', 'UN_XML', 'EU_XML', 'OWN_CSV'));

-- An edition that is out of force; the list may be loaded again, as a new edition. Begins a generation.
create table screening_retirement (
  edition_id bigint primary key references screening_edition (id),
  generation bigint not null unique,
  proposed_by varchar(64) not null,
  approved_by varchar(64) not null check (approved_by <> proposed_by),
  reason varchar(500) not null,
  at timestamptz not null
);
create trigger screening_retirement_is_immutable before update or delete or truncate on screening_retirement
  for each statement execute function refuse_change();

-- Who wants to take which edition out of force; void once another edition is in force.
create table screening_retirement_proposal (
  edition_id bigint primary key references screening_edition (id),
  proposed_by varchar(64) not null,
  reason varchar(500) not null,
  proposed_at timestamptz not null
);
