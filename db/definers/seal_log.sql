-- Gives committed log rows their position and hash, per authority, in the order of their ids.
-- The sealer reads no column of a log row but its digest; the worker that calls it reads none at all.
create function seal_log(most integer) returns integer
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    waiting record;
    head record;
    sealed integer := 0;
begin
    -- One sealer at a time; a second one has nothing to do.
    if not pg_try_advisory_xact_lock(hashtext('placewatch seal_log')) then
        return 0;
    end if;
    for waiting in
        select entry.id, coalesce(entry.authority_id, '00000000-0000-0000-0000-000000000000') as chain, entry.digest
        from audit_unsealed queue
        join audit_logentry entry on entry.id = queue.entry_id
        order by entry.id
        limit most
    loop
        insert into audit_head (chain, position, hash) values (waiting.chain, 0, ''::bytea)
        on conflict (chain) do nothing;
        select position, hash into head from audit_head where chain = waiting.chain;
        update audit_head
        set position = head.position + 1,
            hash = sha256(head.hash || int8send(head.position + 1) || waiting.digest)
        where chain = waiting.chain;
        insert into audit_seal (entry_id, chain, position, hash, sealed_at)
        select waiting.id, chain, position, hash, clock_timestamp() from audit_head where chain = waiting.chain;
        delete from audit_unsealed where entry_id = waiting.id;
        sealed := sealed + 1;
    end loop;
    return sealed;
end
$$;
revoke all on function seal_log(integer) from public;
grant execute on function seal_log(integer) to placewatch_worker;
alter function seal_log(integer) owner to placewatch_sealer;
