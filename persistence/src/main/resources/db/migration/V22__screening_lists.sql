-- How common words are among the bank's own customers (ABS-08), counted once for each generation of lists and engine, so that all
-- nodes weigh alike. Sealed: words that many customers bear and their counts, no name; none where there are too few customers.
create table screening_corpus (
  generation bigint primary key check (generation > 0),
  names integer not null check (names >= 0),
  words integer not null check (words >= 0),
  sealed bytea not null,
  counted_at timestamptz not null
);

-- When somebody last gave the bank the edition of a list that is in force: the same bytes again make no new edition, but say that
-- this is the newest.
create table screening_confirmation (
  list varchar(16) primary key,
  confirmed_by varchar(64) not null,
  confirmed_at timestamptz not null
);
insert into screening_confirmation (list, confirmed_by, confirmed_at)
  select distinct on (list) list, loaded_by, loaded_at from screening_edition order by list, id desc;
