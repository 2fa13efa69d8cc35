-- How an organization's pages for recipients look (contracts/organizations/look.ts). A table of its own, as the logo is
-- large and everything else of an organization is read all the time. No row: Halyard's own look.
create table organization_looks (
  org_id uuid primary key references auth.organization (id) on delete cascade,
  brand_color text,
  logo text,
  updated_at timestamptz not null default now()
);
call isolate('organization_looks', 'select, insert, update', '');
