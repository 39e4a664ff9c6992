-- Target lists, who was screened against which of them, and what was found (ABS-08).

-- One row. Each list that is loaded, and each new version of the engine, begins a generation; who was screened in an older one is
-- screened again. Loading takes the row's lock, so generations come in the order in which lists do.
create table screening_target (
  id integer primary key check (id = 1),
  generation bigint not null check (generation >= 0),
  engine integer not null check (engine >= 0)
);
insert into screening_target (id, generation, engine) values (1, 0, 0);

-- Editions of lists as they were loaded, for ever; the newest of each list is in force.
create sequence screening_edition_seq;
create table screening_edition (
  id bigint primary key,
  list varchar(16) not null,
  format varchar(16) not null check (format in ('OFAC_CSV', 'OFAC_XML', 'UN_XML', 'EU_XML')),
  generation bigint not null unique,
  sha256 bytea not null check (octet_length(sha256) = 32),
  entries integer not null check (entries > 0),
  names integer not null check (names >= entries),
  loaded_by varchar(64) not null,
  shrink_reason varchar(500),
  loaded_at timestamptz not null
);
create index screening_edition_by_list on screening_edition (list, id desc);
create table screening_edition_content (
  edition_id bigint primary key references screening_edition (id),
  zip bytea not null
);
create trigger screening_edition_is_immutable before update or delete or truncate on screening_edition
  for each statement execute function refuse_change();
create trigger screening_edition_content_is_immutable before update or delete or truncate on screening_edition_content
  for each statement execute function refuse_change();

-- In which generation a party was screened last: 0 where what it says is not screened yet, null where nobody needs to any more.
create table screening_run (
  party_id bigint primary key references party (id),
  generation bigint check (generation >= 0),
  engine integer not null,
  editions varchar(400) not null,
  at timestamptz
) with (fillfactor = 70);
create index screening_run_due on screening_run (generation, party_id) where generation is not null;
insert into screening_run (party_id, generation, engine, editions)
  select id, 0, 0, '' from party where state not in ('APPLIED', 'REFUSED', 'CLOSED');

-- Entries that a party may be, one row for each of both. What was found is sealed, for it holds the party's names. A decision
-- holds as long as entry and party are what they were: entry_hash and facts_mac are those that the decision, or else the last
-- screening, saw.
create sequence screening_hit_seq;
create table screening_hit (
  id bigint primary key,
  public_id bytea not null unique check (octet_length(public_id) = 16),
  party_id bigint not null references party (id),
  institution_id bigint references institution (id),
  list varchar(16) not null,
  entity varchar(64) not null,
  state varchar(16) not null check (state in ('OPEN', 'FALSE_POSITIVE', 'TRUE_MATCH')),
  present boolean not null,
  score double precision not null check (score between 0 and 1),
  entry_hash bytea not null check (octet_length(entry_hash) = 32),
  facts_mac bytea not null check (octet_length(facts_mac) = 32),
  found_sealed bytea not null,
  found_at timestamptz not null,
  version integer not null,
  unique (party_id, list, entity)
);
create index screening_hit_in_state on screening_hit (state, id) where present;
create index screening_hit_of_institution on screening_hit (institution_id, state, id) where present and institution_id is not null;

-- Who decided what on a hit, when, why, and on which records.
create sequence screening_decision_seq;
create table screening_decision (
  id bigint primary key,
  hit_id bigint not null references screening_hit (id),
  decision varchar(16) not null check (decision in ('OPEN', 'FALSE_POSITIVE', 'TRUE_MATCH')),
  actor varchar(64) not null,
  note varchar(500) not null,
  entry_hash bytea not null check (octet_length(entry_hash) = 32),
  facts_mac bytea not null check (octet_length(facts_mac) = 32),
  at timestamptz not null
);
create index screening_decision_by_hit on screening_decision (hit_id, id);
create trigger screening_decision_is_immutable before update or delete or truncate on screening_decision
  for each statement execute function refuse_change();
