-- What a verifier needs of the sealed log: links and digests, and whether each row still has the digest that it was
-- sealed with; nothing of what a row says.
create function log_links(only_chain uuid)
    returns table (
        chain uuid, "position" bigint, hash bytea, entry_id bigint, is_there boolean, digest bytea,
        digest_holds boolean, is_in_chain boolean
    )
    language sql stable security definer set search_path = public, pg_temp
as $$
    select seal.chain, seal.position, seal.hash, seal.entry_id, entry.id is not null, entry.digest,
           log_digest(entry) = entry.digest,
           coalesce(entry.authority_id, '00000000-0000-0000-0000-000000000000') = seal.chain
    from audit_seal seal
    left join audit_logentry entry on entry.id = seal.entry_id
    where only_chain is null or seal.chain = only_chain
    order by seal.chain, seal.position
$$;
revoke all on function log_links(uuid) from public;
grant execute on function log_links(uuid) to placewatch_app, placewatch_worker;
alter function log_links(uuid) owner to placewatch_sealer;
