-- Ids of log rows older than so many seconds that no seal covers, and whether the sealer's queue still holds them.
create function log_unsealed(older_than_seconds integer) returns table (entry_id bigint, is_queued boolean)
    language sql stable security definer set search_path = public, pg_temp
as $$
    select entry.id, queue.entry_id is not null
    from audit_logentry entry
    left join audit_seal seal on seal.entry_id = entry.id
    left join audit_unsealed queue on queue.entry_id = entry.id
    where seal.entry_id is null and entry.written_at < clock_timestamp() - make_interval(secs => older_than_seconds)
    order by entry.id
$$;
revoke all on function log_unsealed(integer) from public;
grant execute on function log_unsealed(integer) to placewatch_app, placewatch_worker;
alter function log_unsealed(integer) owner to placewatch_sealer;
