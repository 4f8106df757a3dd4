"""Which address leads to which door?"""

from django.urls import include, path
from oauth2_provider.views import RevokeTokenView, TokenView

from api import callbacks, health

urlpatterns = [
    path("api/v1/", include("api.urls")),
    # Of OAuth2 only what a system needs: a token for its own credentials, and to give one back.
    path("oauth/token/", TokenView.as_view(), name="token"),
    path("oauth/revoke/", RevokeTokenView.as_view(), name="revoke_token"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("callbacks/notify/", callbacks.notify, name="notify_callback"),
    path("", include("web.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
