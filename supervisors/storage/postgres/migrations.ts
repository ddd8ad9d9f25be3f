/**
 * The schema of Postgres as steps in order. A step that was released is never changed; a new one is added below.
 *
 * Three sorts of tables: `account`, `session`, `login_failure`, `audit` and `idempotency` are ours alone and backed up; all others are read models, made from the EVENTS
 * stream by the archivist and rebuilt from it at will; `projection` holds how far that has come.
 */

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: "accounts and sessions",
    sql: `
      create table account (
        id text primary key,
        email text not null unique check (email = lower(email)),
        name text not null,
        role text not null check (role in ('employee', 'manager', 'ops')),
        password_hash text not null,
        disabled_at timestamptz,
        created_at timestamptz not null default now()
      );
      -- The id is kept as a hash: who reads the table can't sign in with it.
      create table session (
        id_hash bytea primary key,
        account text not null references account (id) on delete cascade,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index session_expiry on session (expires_at);
      create index session_account on session (account);
    `,
  },
  {
    version: 2,
    name: "read models of the EVENTS stream",
    sql: `
      create table projection (
        name text primary key,
        -- Sequence number of the last fact applied.
        position bigint not null
      );
      insert into projection (name, position) values ('archive', 0);

      create table candidate (
        id text primary key,
        name text not null,
        email text not null,
        region text not null,
        resume_version text not null,
        profile jsonb not null,
        updated_at timestamptz not null
      );

      create table job (
        id text not null,
        region text not null,
        title text not null,
        company text not null,
        portal text not null,
        url text not null,
        posting jsonb not null,
        found_at timestamptz not null,
        primary key (region, id)
      ) partition by list (region);
      create table job_eu partition of job for values in ('eu');
      create table job_us partition of job for values in ('us');
      create table job_other partition of job default;
      create index job_id on job (id);

      create table job_sighting (
        job text not null,
        portal text not null,
        external_id text not null,
        url text not null,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null,
        primary key (job, portal, external_id)
      );

      create table application (
        id text not null,
        region text not null,
        status text not null,
        score double precision not null,
        match_score jsonb not null,
        job text not null,
        title text not null,
        company text not null,
        portal text not null,
        candidate text not null,
        candidate_name text not null,
        employee text,
        assignment integer not null default 0,
        resume_version text,
        reference text,
        evidence jsonb not null default '[]',
        reason text not null default '',
        -- Sequence number of the fact that began it: the order of lists, and what a page goes on from.
        begun bigint not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (region, id)
      ) partition by list (region);
      create table application_eu partition of application for values in ('eu');
      create table application_us partition of application for values in ('us');
      create table application_other partition of application default;
      create index application_id on application (id);
      create index application_begun on application (begun desc);
      create index application_status on application (status, begun desc);

      -- One row per assignment.
      create table review (
        application text not null,
        assignment integer not null,
        employee text not null,
        assigned_at timestamptz not null,
        deadline_at timestamptz not null,
        warned_at timestamptz,
        extensions integer not null default 0,
        drafts integer not null default 0,
        ended_at timestamptz,
        outcome text,
        strike boolean not null default false,
        reason text not null default '',
        held_ms double precision,
        primary key (application, assignment)
      );
      create index review_employee on review (employee, assigned_at desc);

      create table strike (
        employee text not null,
        application text not null,
        assignment integer not null,
        count integer not null,
        level text not null,
        at timestamptz not null,
        -- A manager's review of the account has cleared it.
        cleared_at timestamptz,
        cleared_by text,
        primary key (employee, application, assignment)
      );

      -- Every fact as it was said, but for the figures of the pulse: the audit trail.
      create table fact (
        seq bigint primary key,
        at timestamptz not null,
        type text not null,
        actor text not null,
        -- The application, person or portal that it is about.
        about text not null,
        fact jsonb not null
      );
      create index fact_about on fact (about, seq);

      -- What the archivist could not apply, kept for a person.
      create table archive_failure (
        seq bigint primary key,
        error text not null,
        body text not null
      );
    `,
  },
  {
    version: 3,
    name: "jobs that are closed",
    sql: `
      alter table job add column closed_at timestamptz;
      alter table job add column close_reason text not null default '';
    `,
  },
  {
    version: 4,
    name: "vectors of sentences, a cache of the matcher's",
    sql: `
      create table sentence_vector (
        -- What computed it, with its version.
        encoder text not null,
        -- SHA-256 of the sentence.
        hash bytea not null,
        -- 512 floats of 32 bits, little-endian.
        vector bytea not null,
        -- Rising: the oldest go when there are too many.
        number bigint generated always as identity,
        primary key (encoder, hash)
      );
      create index sentence_vector_number on sentence_vector (number);
    `,
  },
  {
    version: 5,
    name: "one-time passwords, sessions that can be told apart, tries, audit, idempotency",
    sql: `
      alter table account
        add column password_once boolean not null default false,
        -- A password that was given by somebody holds until then.
        add column password_until timestamptz,
        add column last_sign_in_at timestamptz;
      alter table session
        add column address text not null default '',
        add column agent text not null default '';

      -- Tries to sign in that have failed or are under way, by address, by e-mail and by both.
      create table login_failure (
        key text primary key,
        -- "" where the key is an address alone.
        email text not null,
        -- How many are allowed.
        most integer not null,
        count integer not null,
        since timestamptz not null
      );
      create index login_failure_email on login_failure (email);
      create index login_failure_since on login_failure (since);

      create table audit (
        number bigint generated always as identity primary key,
        at timestamptz not null default now(),
        by_account text not null,
        by_name text not null,
        role text not null,
        -- The name of the route.
        action text not null,
        about text not null,
        reason text not null,
        detail jsonb not null,
        address text not null,
        -- The status of the answer; null until there is one.
        outcome integer
      );
      create index audit_by on audit (by_account, number desc);
      create index audit_about on audit (about, number desc);

      -- Answers to commands that carried an idempotency key, for a day: the same key again gets the same answer.
      create table idempotency (
        account text not null,
        key text not null,
        -- SHA-256 of what was asked: the same key for something else is refused.
        asked bytea not null,
        -- To the millisecond, as programs read it.
        started_at timestamptz(3) not null default now(),
        -- Null while it is under way.
        status integer,
        body text,
        primary key (account, key)
      );
      create index idempotency_started on idempotency (started_at);
    `,
  },
  {
    version: 6,
    name: "history: what each review was about, how long it had waited, why it was missed; the live figures per minute",
    sql: `
      alter table review
        -- Sequence number of the fact that assigned it: the order of lists, and what a page goes on from.
        add column begun bigint not null default 0,
        add column title text not null default '',
        add column company text not null default '',
        -- When a person was asked for; null if that fact is forgotten.
        add column requested_at timestamptz,
        -- From the assignment to the first deadline.
        add column allowed_ms double precision not null default 0,
        -- Whose fault it was that it was not finished: person, connectivity, platform, poison; null if it was, or was given back.
        add column cause text;
      update review r set begun = f.seq, title = f.fact->'offer'->>'title', company = f.fact->'offer'->>'company',
          allowed_ms = (f.fact->'offer'->>'deadlineAt')::float8 - (f.fact->'offer'->>'assignedAt')::float8,
          requested_at = (select max(q.at) from fact q where q.about = r.application and q.type = 'ManualReviewRequired' and q.seq < f.seq)
        from fact f where f.about = r.application and f.type = 'ReviewAssigned' and (f.fact->'offer'->>'assignment')::int = r.assignment;
      update review set cause = case when outcome = 'released' then 'connectivity' when strike then 'person'
        when reason like '%too many different people%' then 'poison' else 'platform' end where outcome in ('missed', 'released');
      create index review_begun on review (employee, begun desc);
      create index review_assigned on review (assigned_at);
      create index review_ended on review (ended_at);
      create index fact_type on fact (type, at);
      alter table application add column requested_at timestamptz;

      create table live_minute (
        at timestamptz primary key,
        -- The last of the minute.
        live jsonb not null
      );
    `,
  },
  {
    version: 7,
    name: "people: the ledger of misses, locked accounts, incidents; how long an application has waited, and its priority",
    sql: `
      alter table application
        add column priority integer not null default 1,
        -- Since when a person is asked for, over all requests; null while nobody is.
        add column first_requested_at timestamptz;
      update application set first_requested_at = requested_at where status = 'waiting';

      -- One row per missed assignment, as the employee's actor last said it.
      create table miss (
        employee text not null,
        application text not null,
        assignment integer not null,
        -- Sequence number of the fact that began it: the order of lists, and what a page goes on from.
        begun bigint not null,
        at timestamptz not null,
        state text not null,
        count integer not null,
        entry jsonb not null,
        primary key (employee, application, assignment)
      );
      create index miss_begun on miss (begun);

      create table locked_account (
        employee text primary key,
        at timestamptz not null
      );

      create table incident (
        id text primary key,
        queue text not null,
        kind text not null,
        from_at timestamptz not null,
        -- Null while it lasts.
        to_at timestamptz,
        reason text not null,
        -- Null for one that was noticed by itself.
        declared_by text
      );
    `,
  },
  {
    version: 8,
    name: "reviews that were completed late",
    sql: `
      -- The work was used although its time was over; null if it was in time, or not used.
      alter table review add column completed_late_at timestamptz;
      update review r set completed_late_at = f.at from fact f where f.type = 'ReviewCompletedLate' and f.about = r.application
        and (f.fact->>'assignment')::int = r.assignment;
    `,
  },
];
