-- What Halyard keeps beside better-auth's tables. Like those it is looked up before any organization is known, so it lies
-- in the same schema, which no loop may read. Secrets are kept as SHA-256: they are random, so a slow hash adds nothing.

-- A service's key. The key itself is shown once; `start` is what a person can tell it by.
create table auth.api_keys (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  start text not null,
  key_hash bytea not null,
  scopes text[] not null,
  created_by text,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id)
);
create unique index api_keys_hash on auth.api_keys (key_hash);

-- One chain of refresh tokens per session; each is used once. A token that comes back after its use was stolen, from one
-- side or the other: its session ends, and the chain with it.
create table auth.refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references auth.session (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index refresh_tokens_session on auth.refresh_tokens (session_id);
create index refresh_tokens_expires_at on auth.refresh_tokens (expires_at);
create index verification_expires_at on auth.verification ("expiresAt");

-- Attempts at secrets (passwords, codes, tokens), counted per account and per address in fixed windows. Keys are hashes:
-- the table tells nobody which addresses were tried.
create table auth.attempts (
  key bytea primary key,
  count integer not null,
  expires_at timestamptz not null
);
create index attempts_expires_at on auth.attempts (expires_at);

grant select, insert, update on auth.api_keys to halyard_app;
grant select, insert, update, delete on auth.refresh_tokens, auth.attempts to halyard_app;
