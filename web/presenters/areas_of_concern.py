"""How are areas of concern, and what authorities say of their sharing, said?"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse

from hotspots import states as table_of_states
from hotspots.models import Coverage, Hotspot, Preview, Share, StateChange, Version
from placements.overlay.effect import Effect, OfPartners
from web.presenters import dates
from web.presenters.elements import Details, Lines, Link, Row, Table, Tag, Value

State = Hotspot.State


def own(hotspots: Iterable[Hotspot], on: date, *, is_asked: bool = False) -> Table:
    """The authority's own, or those that were asked for: what, when to look again, and who is told at which level."""
    rows = tuple(
        (
            Link(one.reference, reverse("area_of_concern", args=[one.id])),
            one.current_versions[0].concern.replace("_", " ").capitalize() or "Not said",
            Tag(one.get_state_display()),
            _review(one.current_versions[0].review_on, on),
            _partners(one.current_shares),
        )
        for one in hotspots
    )
    heads = ("Reference", "Concern", "State", "Review", "Shared with")
    empty = "None of your own areas is like this." if is_asked else "Your authority has entered none."
    return Table("Our own areas of concern", heads, rows, empty)


def summary(hotspot: Hotspot, version: Version, on: date) -> list[Row]:
    """What the owner may read of one area. A police grading and the narrative are not on this page."""
    return [
        Row("State", Tag(hotspot.get_state_display())),
        Row("Version", f"{version.number}, {dates.instant(version.recorded_at)}, {version.recorded_by}"),
        Row("Name", version.name or "Not said"),
        Row("Kind of place", version.kind_of_place or "Not said"),
        Row("Concern", version.concern.replace("_", " ").capitalize() or "Not said"),
        Row("First supported", dates.short_day(version.first_supported_on, otherwise="Not said")),
        Row("Last supported", dates.short_day(version.last_supported_on, otherwise="Not said")),
        Row("Review", _review(version.review_on, on)),
        Row("Told until", dates.short_day(version.expires_on, otherwise="You take it back")),
        Row("Given by", version.originator or "Not said"),
        Row("Conditions", _conditions(version)),
    ]


def shares(found: Iterable[Share]) -> Table:
    """With whom one area is shared. Whoever is not named is told nothing."""
    rows = tuple(
        (
            one.partner.name,
            one.get_level_display(),
            "The reader's own radius" if one.level == Share.Level.GEOMETRY else f"{one.distance_metres:,} metres",
            one.agreement.reference,
            f"{dates.instant(one.recorded_at)}, {one.recorded_by}",
        )
        for one in found
    )
    heads = ("Authority", "Told", "Near means", "Under", "Since")
    return Table("Shared with", heads, rows, "Nobody: no partner is told of this area.")


def versions(found: Iterable[Version]) -> Table:
    """What was said of one area when, the newest first."""
    rows = tuple(
        (
            str(one.number),
            f"{dates.instant(one.recorded_at)}, {one.recorded_by}",
            dates.instant(one.superseded_at, otherwise="holds now"),
            f"Corrects the version before: {one.correction}" if one.correction else "",
        )
        for one in found
    )
    return Table("Versions", ("Version", "Said", "Until", "Correction"), rows)


def states(found: Iterable[StateChange]) -> Table:
    """How one area came into each state."""
    rows = tuple((one.get_state_display(), dates.instant(one.at), one.by, one.reason) for one in found)
    return Table("What was done", ("State", "When", "By", "Why"), rows, "Nothing since it was entered.")


def previews(found: Iterable[Preview]) -> Table:
    """What was read before something was published, and what was published after it."""
    rows = tuple(
        (
            dates.instant(one.at),
            Effect(one.own, OfPartners(one.of_partners)).sentence,
            f"Published {dates.instant(one.published.at)}, by {one.published.by}"
            if hasattr(one, "published")
            else "Nothing was published after it",
        )
        for one in found
    )
    return Table(
        "What publishing would bring about", ("Looked at", "What was read", "Then"), rows, "Nobody has looked."
    )


def steps(hotspot: Hotspot, *, may: Callable[[str], bool]) -> list[Link]:
    """What may be done with an area in its state, by somebody who may."""
    state = State(hotspot.state)
    to = table_of_states.TRANSITIONS[state]
    offered = [
        ("What publishing would bring about", "effect", "previews.ask", state != State.WITHDRAWN),
        ("Publish", "publish_area", "hotspots.publish", State.SHARED in to),
        ("Share", "share_area", "hotspots.share", state != State.WITHDRAWN),
        ("Change", "change_area", "hotspots.revise", state != State.WITHDRAWN),
        ("Let it lapse", "lapse_area", "hotspots.lapse", State.LAPSED in to),
        ("Withdraw", "withdraw_area", "hotspots.withdraw", State.WITHDRAWN in to),
    ]
    return [
        Link(text, reverse(name, args=[hotspot.id]))
        for text, name, operation, fits in offered
        if fits and may(operation)
    ]


def what_a_change_does(hotspot: Hotspot) -> str:
    """Said above the form that changes an area."""
    if hotspot.state == State.SHARED:
        return "This area is shared: what you save here is told from now on, as a new version."
    return "Nobody is told of this area now. What you save here is a new version."


def sharing(said: Iterable[Coverage], on: date) -> Table:
    """What each authority says of its own sharing. Who is not listed has said nothing, which is no good news."""
    rows = tuple(
        (
            one.authority.name,
            "Shares" if one.shares else "Shares nothing yet",
            one.scope or "Not said",
            dates.short_day(one.last_looked_on),
            _review(one.review_on, on),
        )
        for one in said
    )
    heads = ("Authority", "Says", "About", "Last looked", "Review")
    return Table("What authorities say", heads, rows, "None has said anything.")


def _review(review_on: date | None, on: date) -> Value:
    written = dates.short_day(review_on, otherwise="no date set")
    if review_on and review_on < on:
        return Lines((written, "Past its review date: old news, not good news"))
    return written


def _conditions(version: Version) -> Value:
    if not version.binding:
        return "None"
    words = (f"In words: {version.conditions}",) if version.conditions else ()
    return Lines((*(kind.label for kind in version.binding), *words))


def _partners(shares: Iterable[Share]) -> Value:
    by_level: dict[str, list[str]] = defaultdict(list)
    for share in shares:
        by_level[share.get_level_display()].append(share.partner.name)
    if not by_level:
        return "Nobody"
    return Lines(
        tuple(
            Details(f"{level}: {_how_many(names)}", tuple(sorted(names))) for level, names in sorted(by_level.items())
        )
    )


def _how_many(names: list[str]) -> str:
    return "1 authority" if len(names) == 1 else f"{len(names)} authorities"
