-- Which roles may touch Placewatch's database, and what may each of them do?
--
-- Run by a superuser with psql (version 15 or newer), as often as you like:
--
--   psql -d postgres -v database=placewatch \
--        -v owner_password=... -v app_password=... -v worker_password=... \
--        -v clock_password=... -v backup_password=... -f db/roles.sql
--
-- Passwords given with -v can be seen in the list of processes: to avoid this,
-- put "\set owner_password ..." and the others, then "\i db/roles.sql", into
-- psql's standard input.  bin/start does so on its private database.
--
--   placewatch_owner    owns the tables, runs migrations; row-level security
--                       (forced) binds it too, so it is no superuser and has no BYPASSRLS
--   placewatch_app      the web: reads and writes rows of the authority acted for
--   placewatch_worker   Celery's worker and beat: the same, with more time
--   placewatch_clock    may set the clock's offset (example and tests only)
--   placewatch_overlay  owns the definer functions that find hotspots near a place and say who shares any
--   placewatch_recheck  owns the definer functions that find placements near a hotspot that changed
--   placewatch_sealer   owns the definer functions that seal the log-book
--   placewatch_post     owns the definer function that addresses a document's envelopes to the recipient's endpoints
--   placewatch_backup   reads every row, for back-ups, and writes none

\set ON_ERROR_STOP on
set client_min_messages = warning;

\if :{?database} \else
  \set database placewatch
\endif
\if :{?owner_password} \else
  do $$ begin raise exception 'Set owner_password (psql -v owner_password=...).'; end $$;
\endif
\if :{?app_password} \else
  do $$ begin raise exception 'Set app_password (psql -v app_password=...).'; end $$;
\endif
\if :{?worker_password} \else
  do $$ begin raise exception 'Set worker_password (psql -v worker_password=...).'; end $$;
\endif
\if :{?clock_password} \else
  do $$ begin raise exception 'Set clock_password (psql -v clock_password=...).'; end $$;
\endif
\if :{?backup_password} \else
  do $$ begin raise exception 'Set backup_password (psql -v backup_password=...).'; end $$;
\endif

-- Roles ---------------------------------------------------------------------

set password_encryption = 'scram-sha-256';

select format('create role %I', wanted.name)
from unnest(array[
    'placewatch_owner', 'placewatch_app', 'placewatch_worker', 'placewatch_clock',
    'placewatch_overlay', 'placewatch_recheck', 'placewatch_sealer', 'placewatch_post', 'placewatch_backup'
]) as wanted(name)
where not exists (select from pg_roles where rolname = wanted.name)
\gexec

-- NOINHERIT: the owner is a member of the roles that own definer functions only
-- so that a migration can hand a function to them.  Inheriting would also give it
-- their row-level security policies, and with these every authority's rows.
alter role placewatch_owner   login noinherit nosuperuser nocreaterole nobypassrls password :'owner_password';
alter role placewatch_app     login nosuperuser nocreaterole nocreatedb nobypassrls password :'app_password';
alter role placewatch_worker  login nosuperuser nocreaterole nocreatedb nobypassrls password :'worker_password';
alter role placewatch_clock   login nosuperuser nocreaterole nocreatedb nobypassrls password :'clock_password';
alter role placewatch_overlay nologin nosuperuser nocreaterole nocreatedb nobypassrls;
alter role placewatch_recheck nologin nosuperuser nocreaterole nocreatedb nobypassrls;
alter role placewatch_sealer  nologin nosuperuser nocreaterole nocreatedb nobypassrls;
alter role placewatch_post    nologin nosuperuser nocreaterole nocreatedb nobypassrls;
alter role placewatch_backup  login nosuperuser nocreaterole nocreatedb bypassrls password :'backup_password';

grant placewatch_overlay, placewatch_recheck, placewatch_sealer, placewatch_post to placewatch_owner;

-- A request that takes longer than this helps nobody; a migration or a back-up
-- takes as long as it takes.
alter role placewatch_app set statement_timeout = '30s';
alter role placewatch_app set lock_timeout = '5s';
alter role placewatch_app set idle_in_transaction_session_timeout = '60s';
alter role placewatch_worker set statement_timeout = '10min';
alter role placewatch_worker set lock_timeout = '30s';
alter role placewatch_worker set idle_in_transaction_session_timeout = '10min';
alter role placewatch_clock set statement_timeout = '5s';
alter role placewatch_clock set lock_timeout = '5s';
alter role placewatch_clock set idle_in_transaction_session_timeout = '60s';
alter role placewatch_owner set statement_timeout = 0;
alter role placewatch_owner set lock_timeout = 0;
alter role placewatch_owner set idle_in_transaction_session_timeout = 0;
alter role placewatch_backup set statement_timeout = 0;
alter role placewatch_backup set default_transaction_read_only = on;

-- The server's log would quote a statement that failed, and the row that it hit: a child's name, an address.
alter role placewatch_app set log_min_error_statement = 'panic';
alter role placewatch_app set log_error_verbosity = 'terse';
alter role placewatch_worker set log_min_error_statement = 'panic';
alter role placewatch_worker set log_error_verbosity = 'terse';

-- Database ------------------------------------------------------------------

select format('create database %I owner placewatch_owner encoding ''UTF8'' template template0', :'database')
where not exists (select from pg_database where datname = :'database')
\gexec

alter database :"database" owner to placewatch_owner;
alter database :"database" set timezone = 'UTC';
revoke all on database :"database" from public;
grant connect on database :"database" to
    placewatch_app, placewatch_worker, placewatch_clock, placewatch_backup;
-- An import copies its rows into tables of its own session, which end with its transaction, before it checks them;
-- a worker imports large files of areas.
grant temporary on database :"database" to placewatch_app, placewatch_worker;

\connect :"database"
set client_min_messages = warning;

create extension if not exists postgis;
create extension if not exists btree_gist;

-- The owner does not inherit, so the schema is its own rather than pg_database_owner's.
alter schema public owner to placewatch_owner;
revoke all on schema public from public;
grant usage on schema public to
    placewatch_app, placewatch_worker, placewatch_clock, placewatch_backup;
-- PostgreSQL lets a function be handed only to a role that may create in its schema.
grant usage, create on schema public to
    placewatch_overlay, placewatch_recheck, placewatch_sealer, placewatch_post;

-- Rights on whatever the owner makes later; a migration takes away what is too much.
alter default privileges for role placewatch_owner in schema public
    grant select, insert, update, delete on tables to placewatch_app, placewatch_worker;
alter default privileges for role placewatch_owner in schema public
    grant usage on sequences to placewatch_app, placewatch_worker;
alter default privileges for role placewatch_owner in schema public
    grant select on tables to placewatch_backup;
alter default privileges for role placewatch_owner in schema public
    grant select on sequences to placewatch_backup;
