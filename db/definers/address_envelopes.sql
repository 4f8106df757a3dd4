-- One delivery for each live endpoint of a document's recipient, in the sender's transaction.
-- The sender must not read the recipient's endpoints; it learns how many envelopes there are.
create function address_envelopes(document uuid) returns integer
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    made integer;
begin
    insert into notifications_delivery
        (id, sender_id, recipient_id, document_id, channel, endpoint_id, address, state, attempts_made, next_at,
         created_at, reason)
    select gen_random_uuid(), paper.sender_id, paper.recipient_id, paper.id, 'webhook', endpoint.id, '', 'queued', 0,
           placewatch_now(), placewatch_now(), ''
    from notifications_document paper
    join notifications_endpoint endpoint
        on endpoint.authority_id = paper.recipient_id and endpoint.live_from <= placewatch_now()
        and endpoint.ended_at is null
    where paper.id = document and paper.sender_id = current_authority()
    on conflict do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;
revoke all on function address_envelopes(uuid) from public;
grant execute on function address_envelopes(uuid) to placewatch_app, placewatch_worker;
alter function address_envelopes(uuid) owner to placewatch_post;
