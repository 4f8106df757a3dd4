"""How well does the matching work, and is it being tried out with nothing shown? The numbers of the validity page."""

from rest_framework import serializers

from api.closed import Answer, Body
from api.fields import Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import Resource
from db.clock import now, today
from hotspots import measuring
from hotspots.method import method
from hotspots.models import Measurement
from hotspots.proportions import Proportion
from hotspots.sharing import coverage
from placements.overlay import shadow, validity


class ShareOfAll(serializers.Serializer):
    """So many times out of so many, with the 95 per cent interval of the share."""

    times = serializers.IntegerField()
    out_of = serializers.IntegerField()
    lower = serializers.FloatField()
    upper = serializers.FloatField()


class ErrorRate(ShareOfAll):
    ground = serializers.CharField()
    what = serializers.CharField()
    measured_at = Instant()
    version = serializers.CharField()
    seed = serializers.IntegerField(allow_null=True, help_text="Makes the same streets and areas again")


class Covered(serializers.Serializer):
    within_review = serializers.IntegerField()
    past_review = serializers.IntegerField()
    share_nothing = serializers.IntegerField()
    said_nothing = serializers.IntegerField()
    of = serializers.IntegerField(help_text="Authorities of England and Wales")


class Differing(serializers.Serializer):
    """Null: fewer than five, and not told."""

    starts_on = Day()
    ends_on = Day()
    shared_and_not_worried = serializers.IntegerField(allow_null=True)
    nothing_near_and_worried = serializers.IntegerField(allow_null=True)


class Incidents(serializers.Serializer):
    """Null: too few to be told."""

    recorded = serializers.IntegerField(allow_null=True)
    shared_before = ShareOfAll(allow_null=True)


class InShadow(serializers.Serializer):
    """Null: too few to be told."""

    since = Instant()
    owner = serializers.CharField()
    reason = serializers.CharField()
    screenings = serializers.IntegerField(allow_null=True)
    near = ShareOfAll(allow_null=True)


class ValidityAnswer(Answer):
    version = serializers.CharField()
    since = Day()
    changed = serializers.CharField()
    how = serializers.ListField(child=serializers.CharField())
    blind_spots = serializers.ListField(child=serializers.CharField())
    error_rates = ErrorRate(many=True)
    coverage = Covered()
    differing = Differing()
    incidents = Incidents()
    in_shadow = InShadow(allow_null=True)


class ShadowModeAnswer(Answer):
    id = Identifier()
    started_at = Instant()
    started_by = serializers.CharField()
    owner = serializers.CharField()
    reason = serializers.CharField()
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()


class ShadowModeBody(Body):
    """Begin with `is_on` true, who answers for it and why; end with `is_on` false."""

    is_on = Yes()
    owner = Text(max_length=500, required=False, allow_blank=True, default="", help_text="A name and a post")
    reason = Text(max_length=2_000, required=False, allow_blank=True, default="")


class Validity(Resource):
    operations = {"GET": "validity.read"}
    answer_class = ValidityAnswer

    def get(self, request):
        matching = method()
        figures = validity.figures(self.actor.authority_id, at=now())
        names = ("version", "since", "changed", "how", "blind_spots")
        return self.tell_fields(
            {name: getattr(matching, name) for name in names}
            | {
                "error_rates": [_error_rate(one) for one in measuring.latest()],
                "coverage": coverage.counted(today()),
                "differing": figures.differing,
                "incidents": _with_share(figures.incidents, "recorded", "shared_before"),
                "in_shadow": _in_shadow(figures.in_shadow),
            }
        )


class ShadowModes(Resource):
    """On: nothing that is screened is shown to anybody of the authority. Off again: every open place is checked anew."""

    operations = {"POST": "shadow.switch"}
    subject_kind = "shadow_mode"
    answer_class = ShadowModeAnswer
    body_class = ShadowModeBody

    @once
    def post(self, request):
        asked = self.read_body()
        if asked.pop("is_on"):
            return self.tell(shadow.start(**asked, by=self.actor, at=now()))
        return self.tell(shadow.end(by=self.actor, at=now()))


def _share(one: Proportion | None) -> dict | None:
    if one is None:
        return None
    lower, upper = one.interval()
    return {"times": one.times, "out_of": one.out_of, "lower": lower, "upper": upper}


def _error_rate(one: Measurement) -> dict:
    names = ("ground", "what", "measured_at", "seed")
    measured = {name: getattr(one, name) for name in names} | {"version": one.method}
    return measured | _share(Proportion(one.times, one.out_of))


def _with_share(figures: object, count: str, share: str) -> dict:
    return {count: getattr(figures, count), share: _share(getattr(figures, share))}


def _in_shadow(found: validity.InShadow | None) -> dict | None:
    if found is None:
        return None
    mode = {"since": found.mode.started_at, "owner": found.mode.owner, "reason": found.mode.reason}
    return mode | _with_share(found, "screenings", "near")
