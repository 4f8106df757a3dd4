-- How does registered post stand, over all authorities? Counts and ages for the health page; no id, no name.
-- Ages are in seconds; null where nothing waits. What the e-mail service took is not undelivered: it waits, for days where
-- nothing but a return address tells, to hear whether it came back.
create function post_in_figures() returns table (
    oldest_undelivered_seconds double precision, waiting bigint, overdue bigint, dead bigint,
    oldest_unacknowledged_seconds double precision, unacknowledged bigint, open_circuits bigint,
    oldest_lease_seconds double precision, climbs_overdue bigint,
    oldest_handed_over_seconds double precision, handed_over bigint
)
    language sql stable security definer set search_path = public, pg_temp
as $$
    with clock as (select placewatch_now() as at),
    standing as (
        select climb.document_id, paper.composed_at, climb.next_at
        from notifications_climb climb join notifications_document paper on paper.id = climb.document_id
        where climb.ended_at is null and paper.recalled_at is null and not exists (
            select from notifications_documentfact fact
            where fact.document_id = climb.document_id and fact.fact in ('acknowledged', 'disputed')
        )
    )
    select
        (select extract(epoch from clock.at - min(created_at)) from notifications_delivery
         where state in ('queued', 'sending')),
        (select count(*) from notifications_delivery where state in ('queued', 'sending')),
        (select count(*) from notifications_delivery
         where state = 'queued' and next_at < clock.at - interval '60 seconds'),
        (select count(*) from notifications_delivery dead where dead.state = 'undeliverable' and not exists (
            select from notifications_delivery again where again.replays_id = dead.id)),
        (select extract(epoch from clock.at - min(composed_at)) from standing),
        (select count(*) from standing),
        (select count(*) from notifications_endpoint where rests_until is not null and ended_at is null),
        (select extract(epoch from clock_timestamp() - min(leased_until)) from notifications_delivery
         where state = 'sending'),
        (select count(*) from standing where next_at < clock.at - interval '60 seconds'),
        (select extract(epoch from clock.at - min(posted_at)) from notifications_delivery where state = 'posted'),
        (select count(*) from notifications_delivery where state = 'posted')
    from clock
$$;
revoke all on function post_in_figures() from public;
grant execute on function post_in_figures() to placewatch_app, placewatch_worker;
alter function post_in_figures() owner to placewatch_post;
