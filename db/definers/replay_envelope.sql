-- One delivery that could not be made is queued again as a new row that names it, for a reason; in the sender's
-- transaction. It goes where the recipient takes notices now: what its system did not take, to the same system while
-- that is live, else to the one that went live last, else by e-mail; an e-mail that came back, to the address that is
-- given here, else to a live system. The sender must not read the recipient's endpoints.
-- Null where it is not the sender's, did not end undelivered, was replayed already (once each), nothing is on file, or the
-- document has gone there, or is going, under another id: of two systems of one recipient the one that is left would get
-- it twice.
create function replay_envelope(dead uuid, why text, email text) returns uuid
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    made uuid;
begin
    insert into notifications_delivery
        (id, sender_id, recipient_id, document_id, channel, endpoint_id, address, state, attempts_made, next_at,
         created_at, replays_id, reason)
    select gen_random_uuid(), one.sender_id, one.recipient_id, one.document_id,
           case when live.id is null then 'email' else 'webhook' end, live.id,
           case when live.id is null then email else '' end, 'queued', 0, placewatch_now(), placewatch_now(), one.id, why
    from notifications_delivery one
    left join lateral (
        select endpoint.id from notifications_endpoint endpoint
        where endpoint.authority_id = one.recipient_id and endpoint.live_from <= placewatch_now()
          and endpoint.ended_at is null and (one.channel = 'webhook' or email = '')
        order by (endpoint.id = one.endpoint_id) desc nulls last, endpoint.live_from desc, endpoint.id
        limit 1
    ) live on true
    where one.id = dead and one.state = 'undeliverable' and one.sender_id = current_authority()
      and (live.id is not null or email <> '')
      and not exists (
          select from notifications_delivery other
          where other.document_id = one.document_id and other.state <> 'undeliverable'
            and (other.endpoint_id = live.id or live.id is null and other.address = email)
      )
    on conflict do nothing
    returning id into made;
    return made;
end
$$;
revoke all on function replay_envelope(uuid, text, text) from public;
grant execute on function replay_envelope(uuid, text, text) to placewatch_app, placewatch_worker;
alter function replay_envelope(uuid, text, text) owner to placewatch_post;
