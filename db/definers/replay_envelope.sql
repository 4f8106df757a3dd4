-- One delivery that could not be made is queued again as a new row that names it, for a reason; in the sender's
-- transaction. Null where it is not the sender's, did not end undelivered, or was replayed already: once each.
create function replay_envelope(dead uuid, why text) returns uuid
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    made uuid;
begin
    insert into notifications_delivery
        (id, sender_id, recipient_id, document_id, channel, endpoint_id, address, state, attempts_made, next_at,
         created_at, replays_id, reason)
    select gen_random_uuid(), one.sender_id, one.recipient_id, one.document_id, one.channel, one.endpoint_id,
           one.address, 'queued', 0, placewatch_now(), placewatch_now(), one.id, why
    from notifications_delivery one
    where one.id = dead and one.state = 'undeliverable' and one.sender_id = current_authority()
    on conflict do nothing
    returning id into made;
    return made;
end
$$;
revoke all on function replay_envelope(uuid, text) from public;
grant execute on function replay_envelope(uuid, text) to placewatch_app, placewatch_worker;
alter function replay_envelope(uuid, text) owner to placewatch_post;
