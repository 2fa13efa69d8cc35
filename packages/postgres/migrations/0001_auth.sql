-- Sign-in: the tables of better-auth (core, organization, JWT, two-factor), kept by hand. They belong to people, not to
-- one organization, and are looked up before any organization is known: they have a schema of their own, which no loop
-- may read. Column names are better-auth's; the tables that only Halyard writes are in 0008_access.sql.
create schema auth;

create table auth."user" (
  "id" uuid default gen_random_uuid() not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default now() not null,
  "updatedAt" timestamptz default now() not null,
  "twoFactorEnabled" boolean,
  -- Of the browser that registered: account mails are written in it.
  "locale" text
);

create table auth."session" (
  "id" uuid default gen_random_uuid() not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default now() not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "activeOrganizationId" uuid
);

create table auth."account" (
  "id" uuid default gen_random_uuid() not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default now() not null,
  "updatedAt" timestamptz not null
);

create table auth."verification" (
  "id" uuid default gen_random_uuid() not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default now() not null,
  "updatedAt" timestamptz default now() not null
);

create table auth."organization" (
  "id" uuid default gen_random_uuid() not null primary key,
  "name" text not null,
  "slug" text not null unique,
  "logo" text,
  "createdAt" timestamptz not null,
  "metadata" text
);

create table auth."member" (
  "id" uuid default gen_random_uuid() not null primary key,
  "organizationId" uuid not null references auth."organization" ("id") on delete cascade,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "role" text not null check ("role" in ('owner', 'admin', 'editor', 'viewer')),
  "createdAt" timestamptz not null
);

create table auth."invitation" (
  "id" uuid default gen_random_uuid() not null primary key,
  "organizationId" uuid not null references auth."organization" ("id") on delete cascade,
  "email" text not null,
  "role" text,
  "status" text not null check ("status" in ('pending', 'accepted', 'cancelled')),
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default now() not null,
  "inviterId" uuid references auth."user" ("id") on delete set null,
  "tokenHash" bytea not null,
  -- Its link was given to whoever invited, and not mailed to the address.
  "handedOver" boolean default false not null
);

create table auth."jwks" (
  "id" uuid default gen_random_uuid() not null primary key,
  "publicKey" text not null,
  "privateKey" text not null,
  "createdAt" timestamptz not null,
  "expiresAt" timestamptz,
  "alg" text,
  "crv" text
);

create table auth."twoFactor" (
  "id" uuid default gen_random_uuid() not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);

create index "session_userId_idx" on auth."session" ("userId");

create index "account_userId_idx" on auth."account" ("userId");

create index "verification_identifier_idx" on auth."verification" ("identifier");

create unique index "member_organizationId_userId_key" on auth."member" ("organizationId", "userId");

create index "member_userId_idx" on auth."member" ("userId");

create index "invitation_organizationId_idx" on auth."invitation" ("organizationId");

create unique index "invitation_tokenHash_key" on auth."invitation" ("tokenHash");

create index "invitation_email_idx" on auth."invitation" ("email");

create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");

create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");

-- One open invitation per address and organization.
create unique index "invitation_pending_key" on auth."invitation" ("organizationId", lower("email")) where "status" = 'pending';

create unique index "account_providerId_accountId_key" on auth."account" ("providerId", "accountId");
create index "session_expiresAt_idx" on auth."session" ("expiresAt");

-- FK added after "organization" exists
alter table auth."session" add foreign key ("activeOrganizationId") references auth."organization" ("id") on delete set null;
