-- One look at a server: psql -X -f evidence.sql. Reads only; every question ends within five seconds.
\pset pager off
\pset null '-'
set statement_timeout = '5s';
\echo == server
select split_part(version(), ' ', 2) as version, date_trunc('second', now() - pg_postmaster_start_time()) as up, pg_is_in_recovery() as replica;
\echo == connections
select coalesce(state, backend_type) as state, count(*), current_setting('max_connections') as max from pg_stat_activity group by 1 order by 2 desc;
\echo == longest transactions
select pid, usename, application_name, state, date_trunc('second', now() - xact_start) as in_transaction, wait_event_type, wait_event, left(query, 100) as query
from pg_stat_activity where xact_start is not null and pid <> pg_backend_pid() order by xact_start limit 10;
\echo == who waits for whom
select pid, pg_blocking_pids(pid) as blocked_by, date_trunc('second', now() - query_start) as waits, left(query, 100) as query
from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0;
\echo == sizes
select datname, pg_size_pretty(pg_database_size(datname)) as size, age(datfrozenxid) as xid_age from pg_database order by pg_database_size(datname) desc limit 10;
\echo == dead rows
select schemaname || '.' || relname as table, n_live_tup as live, n_dead_tup as dead, last_autovacuum::timestamp(0) from pg_stat_user_tables order by n_dead_tup desc limit 10;
\echo == replication slots
select slot_name, slot_type, active, pg_size_pretty(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, restart_lsn)) as kept from pg_replication_slots;
\echo == archiving
select archived_count, failed_count, last_failed_wal, last_failed_time::timestamp(0) from pg_stat_archiver;
