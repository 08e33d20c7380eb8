"""Addresses of the narrative."""

from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from lkip.views import narrative

urlpatterns = [
    path("<year:year>/naskah/", narrative.Outline.as_view(), name="narrative_outline"),
    path("<year:year>/naskah/<str:key>/", narrative.Write.as_view(), name="narrative"),
    path(
        "<year:year>/naskah/<str:key>/pratinjau/", require_POST(narrative.preview), name="narrative_preview"
    ),
    path("<year:year>/naskah/<str:key>/konsep/", require_POST(narrative.draft), name="narrative_draft"),
    path("<year:year>/naskah/<str:key>/angka/", require_GET(narrative.palette), name="narrative_palette"),
    path("<year:year>/naskah/<str:key>/riwayat/", narrative.History.as_view(), name="narrative_history"),
    path("<year:year>/naskah/<str:key>/foto/", narrative.PhotoNew.as_view(), name="narrative_photo_new"),
    path("<year:year>/foto/<uuid:uid>/", narrative.PhotoEdit.as_view(), name="narrative_photo"),
]
