-- Suite 2: the seed of an enrolment's ML-KEM-768 key, and the receipt's second signature.

-- there for as long as the other secrets, and only where suite 2 was offered
alter table enrolment
  add column kem_seed_wrapped bytea,
  add check (kem_seed_wrapped is null or hpke_scalar_wrapped is not null);

-- COSE_Sign1 by ML-DSA-65 over the same payload; there for devices of suite 2
alter table receipt add column second_sign1 bytea;
