-- How common words are among the bank's own customers (ABS-08), counted once for each generation of lists and engine, so that all
-- nodes weigh alike. Sealed: words that many customers bear and their counts, no name; none where there are too few customers.
create table screening_corpus (
  generation bigint primary key check (generation > 0),
  names integer not null check (names >= 0),
  words integer not null check (words >= 0),
  sealed bytea not null,
  counted_at timestamptz not null
);
