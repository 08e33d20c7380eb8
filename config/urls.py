"""URLs of the installation; each app brings its own."""

from django.urls import include, path

from core import paths  # noqa: F401 - the included lists use its converters
from core.views import health

urlpatterns: list = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("core.urls")),
    path("", include("messaging.urls")),
    path("api/v1/", include("jobseekers.api.urls")),
    path("api/v1/lkip/", include("lkip.api.urls")),
    path("akun/", include("accounts.urls")),
    path("", include("jobseekers.urls")),
    path("", include("employers.urls")),
    path("", include("activities.urls")),
    path("", include("training.urls")),
    path("", include("disputes.urls")),
    path("", include("placements.urls")),
    path("lkip/", include("lkip.urls")),
    path("", include("portal.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler429 = "core.views.errors.too_many"
handler500 = "core.views.errors.server_error"
