-- What is taught: the modules with their lessons, in order, are read and written as a whole (contracts/academy/course.ts).
-- The ids of courses, modules and lessons are those of the service that teaches.
create table courses (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  url text,
  published_at timestamptz,
  attributes jsonb not null default '{}',
  modules jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index courses_created on courses (org_id, created_at, id);
call isolate('courses', 'select, insert, update, delete', 'select');

-- Who takes a course: active → completed; active → cancelled → active. A contact is enrolled once in a course, but one that
-- another was merged into may have two, so no constraint says so.
-- `revision` grows with every change; a planned message carries the revision that it was planned from.
create table enrollments (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  course_id uuid not null,
  status text not null default 'active' check (status in ('active', 'completed', 'cancelled')),
  completed_percent double precision not null default 0 check (completed_percent between 0 and 100),
  next_lesson_id uuid,
  completed_lessons uuid[] not null default '{}',
  attributes jsonb not null default '{}',
  revision integer not null default 1,
  enrolled_at timestamptz not null default now(),
  last_activity_at timestamptz not null default now(),
  completed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, course_id) references courses (org_id, id)
);
create index enrollments_contact on enrollments (org_id, contact_id, course_id);
-- The order in which those who are enrolled are told of a new lesson.
create index enrollments_course on enrollments (org_id, course_id, id);
call isolate('enrollments', 'select, insert, update', 'select');
