"""Which page stands at which address? No address holds more of a child than a random id."""

from django.urls import path

from web.views import before_we_began, children, duties, home, log_book, moves, notices, place, placements, sharing
from web.views import sign_in as door

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("signed-out/", door.signed_out, name="signed_out"),
    path("choose-authority/", door.choose_authority, name="choose_authority"),
    path("place/", place.place, name="place"),
    path("children/", children.children, name="children"),
    path("children/new/", children.register, name="new_child"),
    path("children/<uuid:child_id>/", children.child, name="child"),
    path("placements/", placements.placements, name="placements"),
    path("placements/new/", moves.new, name="new_placement"),
    path("placements/new/check/", moves.check, name="check_placement"),
    path("placements/<uuid:placement_id>/", placements.placement, name="placement"),
    path("placements/<uuid:placement_id>/start/", placements.start, name="start_placement"),
    path("placements/<uuid:placement_id>/end/", placements.end, name="end_placement"),
    path("placements/<uuid:placement_id>/withdraw/", placements.withdraw, name="withdraw_placement"),
    path("before-we-began/", before_we_began.before_we_began, name="before_we_began"),
    path("inbox/", notices.inbox, name="inbox"),
    path("inbox/<uuid:document_id>/", notices.received_notice, name="received_notice"),
    path("inbox/<uuid:document_id>/acknowledge/", notices.acknowledge, name="acknowledge"),
    path("inbox/<uuid:document_id>/dispute/", notices.dispute, name="dispute"),
    path("sent/", notices.sent, name="sent"),
    path("sent/<uuid:document_id>/", notices.sent_notice, name="sent_notice"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<uuid:duty_id>/", duties.duty, name="duty"),
    path("duties/<uuid:duty_id>/close/", duties.close, name="close_duty"),
    path("areas-of-concern/", sharing.areas_of_concern, name="areas_of_concern"),
    path("sharing/", sharing.sharing, name="sharing"),
    path("log-book/", log_book.log_book, name="log_book"),
]
