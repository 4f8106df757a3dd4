"""Which address of the API asks for what?"""

from django.urls import path

from api import (
    authorities,
    children,
    coverage,
    concerns,
    disclosures,
    duties,
    hotspots,
    jurisdiction,
    log,
    judgements,
    notices,
    placements,
    screenings,
)
from api.description import Description

app_name = "api"

urlpatterns = [
    path("schema/", Description.as_view(), name="schema"),
    path("authorities/", authorities.Authorities.as_view(), name="authorities"),
    path("authorities/<uuid:id>/", authorities.AuthorityItem.as_view(), name="authority"),
    path("authorities/<uuid:id>/adjoining/", authorities.Adjoining.as_view(), name="adjoining"),
    path("jurisdiction/", jurisdiction.Jurisdiction.as_view(), name="jurisdiction"),
    path("children/", children.Children.as_view(), name="children"),
    path("children/<uuid:id>/", children.ChildItem.as_view(), name="child"),
    path("children/<uuid:id>/leaving-care/", children.LeavingCare.as_view(), name="leaving_care"),
    path("placements/", placements.Placements.as_view(), name="placements"),
    path("placements/emergency-start/", placements.EmergencyStart.as_view(), name="emergency_start"),
    path("placements/<uuid:id>/", placements.PlacementItem.as_view(), name="placement"),
    path("placements/<uuid:id>/start/", placements.Start.as_view(), name="start"),
    path("placements/<uuid:id>/end/", placements.End.as_view(), name="end"),
    path("placements/<uuid:id>/withdraw/", placements.Withdraw.as_view(), name="withdraw"),
    path("placements/<uuid:id>/screenings/", screenings.Screenings.as_view(), name="screenings"),
    path("notices/sent/", notices.Sent.as_view(), name="notices_sent"),
    path("notices/sent/<uuid:id>/", notices.SentItem.as_view(), name="notice_sent"),
    path("placements/<uuid:id>/judgements/", judgements.JudgementsOfPlacement.as_view(), name="judgements"),
    path("judgements/<uuid:id>/", judgements.JudgementItem.as_view(), name="judgement"),
    path("conversations/", judgements.Conversations.as_view(), name="conversations"),
    path("disagreements/", judgements.Disagreements.as_view(), name="disagreements"),
    path("disagreements/counts/", judgements.DisagreementCounts.as_view(), name="disagreement_counts"),
    path("children/<uuid:id>/concerns/", concerns.ConcernsOfChild.as_view(), name="concerns"),
    path("concerns/<uuid:id>/", concerns.ConcernItem.as_view(), name="concern"),
    path("concerns/<uuid:id>/assess/", concerns.AssessConcern.as_view(), name="assess_concern"),
    path("concerns/<uuid:id>/close/", concerns.CloseConcern.as_view(), name="close_concern"),
    path("notices/received/", notices.Received.as_view(), name="notices_received"),
    path("notices/received/<uuid:id>/", notices.ReceivedItem.as_view(), name="notice_received"),
    path("notices/received/<uuid:id>/acknowledge/", notices.Acknowledge.as_view(), name="acknowledge"),
    path("duties/", duties.Duties.as_view(), name="duties"),
    path("duties/<uuid:id>/", duties.DutyItem.as_view(), name="duty"),
    path("duties/<uuid:id>/close/", duties.CloseDuty.as_view(), name="close_duty"),
    path("hotspots/", hotspots.Hotspots.as_view(), name="hotspots"),
    path("hotspots/<uuid:id>/", hotspots.HotspotItem.as_view(), name="hotspot"),
    path("coverage/", coverage.Coverages.as_view(), name="coverage"),
    path("disclosures/", disclosures.Disclosures.as_view(), name="disclosures"),
    path("log/", log.Log.as_view(), name="log"),
]
