-- Where partner banks' programs want to be told of events, and what is to be told there. A delivery is written in the
-- transaction of its cause, so neither is there without the other; it is sent outside of any transaction.

create sequence webhook_seq start with 50 increment by 1;

create table webhook (
  id bigint primary key default nextval('webhook_seq'),
  public_id uuid not null unique,
  institution_id bigint not null references institution (id),
  -- who set it up last: what this one may not see is not told
  client_id bigint not null references partner_client (id),
  url varchar(500) not null,
  events varchar(40)[] not null check (cardinality(events) between 1 and 8),
  state varchar(8) not null check (state in ('ACTIVE', 'PAUSED')),
  paused_because varchar(8) check (paused_because in ('OWNER', 'FAILING', 'GONE')),
  paused_at timestamptz,
  -- the first failure since the last success
  failing_since timestamptz,
  secret_sealed bytea not null,
  -- signs beside the new one until its time is over
  former_sealed bytea,
  former_until timestamptz,
  created_at timestamptz not null,
  version integer not null,
  check ((state = 'PAUSED') = (paused_because is not null)),
  check ((paused_because is null) = (paused_at is null)),
  check ((former_sealed is null) = (former_until is null))
);
create index webhook_by_institution on webhook (institution_id, id);
create index webhook_by_former on webhook (former_until) where former_until is not null;

create sequence webhook_delivery_seq start with 50 increment by 1;

create table webhook_delivery (
  id bigint primary key default nextval('webhook_delivery_seq'),
  public_id uuid not null unique,
  webhook_id bigint not null references webhook (id) on delete cascade,
  type varchar(40) not null,
  body varchar(1000) not null,
  state varchar(10) not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
  -- of the present round; asking for another delivery begins a new one
  attempts integer not null,
  -- goes up whenever it is taken or asked for again, so that who was slow settles nothing that is not his any more
  turn integer not null,
  next_at timestamptz,
  last_at timestamptz,
  last_result varchar(20),
  created_at timestamptz not null,
  check ((state = 'PENDING') = (next_at is not null))
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where state = 'PENDING';
create index webhook_delivery_by_webhook on webhook_delivery (webhook_id, id);
create index webhook_delivery_by_age on webhook_delivery (created_at);
