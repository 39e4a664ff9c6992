-- What holds for all nodes on this database together.

-- One row for each thing that the bank does by the clock. A round is claimed by moving due_at to
-- the end of the period, by the clock of the database alone; whoever moved it does the round. For
-- operators: which node began the last round, when, and how many there have been.
create table timed_task (
  name varchar(40) primary key,
  node varchar(64) not null,
  rounds bigint not null check (rounds > 0),
  began_at timestamptz not null,
  due_at timestamptz not null
) with (fillfactor = 50);

-- What every node must be started with alike, as the first node had it.
create table bank_setting (
  name varchar(40) primary key,
  value text not null,
  node varchar(64) not null,
  set_at timestamptz not null
);

-- A word under each day's key, by the first node that used the key: a node that cannot open it has
-- another key folder than the rest.
create table day_key_proof (
  day integer primary key,
  wrapped bytea not null,
  node varchar(64) not null,
  made_at timestamptz not null
);
