-- The answer to each request that came under an Idempotency-Key, for a day. The row is written in
-- the transaction of the request's effect: both are there or neither is. Caller, address and key
-- are in the scope's keyed hash alone, the request's body in the payload's, so that nobody with the
-- database learns or guesses them; the answer, which may hold a token, is sealed.
create table idempotent_answer (
  scope_hash bytea primary key check (octet_length(scope_hash) = 32),
  payload_hash bytea not null check (octet_length(payload_hash) = 32),
  answer_sealed bytea not null,
  expires_at timestamptz not null
);
create index idempotent_answer_by_expiry on idempotent_answer (expires_at);
