-- Which partners were ever shown one of these versions of the current authority's areas? For a recall, however long ago it
-- was. is_known: its owner may know of it; false where it was told about closed addresses alone.
create function hotspots_told(wanted uuid[]) returns table (reader_id uuid, is_known boolean)
    language sql stable security definer set search_path = public, pg_temp
as $$
    select disclosure.recipient_id, bool_or(not disclosure.is_closed)
    from hotspots_disclosure disclosure
    where disclosure.sender_id = current_authority() and disclosure.versions && wanted
    group by disclosure.recipient_id
$$;
revoke all on function hotspots_told(uuid[]) from public;
grant execute on function hotspots_told(uuid[]) to placewatch_worker;
alter function hotspots_told(uuid[]) owner to placewatch_overlay;
