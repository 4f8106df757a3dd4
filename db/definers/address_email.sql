-- One delivery of a document by e-mail to an address of its recipient, in the sender's transaction; once per address.
-- Neither web nor worker may add an envelope otherwise. Answers how many were made.
create function address_email(document uuid, email text) returns integer
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    made integer;
begin
    insert into notifications_delivery
        (id, sender_id, recipient_id, document_id, channel, endpoint_id, address, state, attempts_made, next_at,
         created_at, reason)
    select gen_random_uuid(), paper.sender_id, paper.recipient_id, paper.id, 'email', null, email, 'queued', 0,
           placewatch_now(), placewatch_now(), ''
    from notifications_document paper
    where paper.id = document and paper.sender_id = current_authority()
    on conflict do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;
revoke all on function address_email(uuid, text) from public;
grant execute on function address_email(uuid, text) to placewatch_app, placewatch_worker;
alter function address_email(uuid, text) owner to placewatch_post;
