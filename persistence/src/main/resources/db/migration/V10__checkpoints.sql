-- One Merkle tree over the lines of all devices' logs (RFC 9162), and the bank's signed checkpoints.

-- Lines that are not in the tree yet. A row comes with its line, by the line's own transaction, and
-- goes with its leaf: a line that commits late is as visible as any, whatever its id.
create table tree_due (
  id bigint generated always as identity primary key,
  device_pk bigint not null,
  log_index bigint not null
);

create function log_line_is_due() returns trigger language plpgsql as $$
begin
  insert into tree_due (device_pk, log_index) values (new.device_pk, new.log_index);
  return null;
end $$;
create trigger log_line_is_due after insert on log_line
  for each row execute function log_line_is_due();
insert into tree_due (device_pk, log_index)
  select device_pk, log_index from log_line order by device_pk, log_index;

create table tree_leaf (
  position bigint primary key check (position >= 0),
  device_pk bigint not null,
  log_index bigint not null,
  hash bytea not null check (octet_length(hash) = 32)
);
create unique index tree_leaf_by_line on tree_leaf (device_pk, log_index);
create unique index tree_leaf_by_hash on tree_leaf (hash);

-- Roots of the full subtrees above the leaves: 2^level leaves from place * 2^level on.
create table tree_node (
  level smallint not null check (level between 1 and 62),
  place bigint not null check (place >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, place)
);

-- Leaves are added and a checkpoint is signed in one transaction: the newest one's size is the
-- tree's. Its time is always later than that of the one before.
create table tree_checkpoint (
  at timestamptz primary key,
  size bigint not null check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  recovery_epoch bigint not null check (recovery_epoch >= 0),
  sign1 bytea not null,
  second_sign1 bytea
);

create trigger tree_leaf_is_immutable before update or delete or truncate on tree_leaf
  for each statement execute function refuse_change();
create trigger tree_node_is_immutable before update or delete or truncate on tree_node
  for each statement execute function refuse_change();
create trigger tree_checkpoint_is_immutable before update or delete or truncate on tree_checkpoint
  for each statement execute function refuse_change();
