"""Addresses of the narrative."""

from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from lkip.views import narrative

urlpatterns = [
    path("<int:year>/naskah/", narrative.Outline.as_view(), name="narrative_outline"),
    path("<int:year>/naskah/<str:key>/", narrative.Write.as_view(), name="narrative"),
    path("<int:year>/naskah/<str:key>/pratinjau/", require_POST(narrative.preview), name="narrative_preview"),
    path("<int:year>/naskah/<str:key>/konsep/", require_POST(narrative.draft), name="narrative_draft"),
    path("<int:year>/naskah/<str:key>/angka/", require_GET(narrative.palette), name="narrative_palette"),
    path("<int:year>/naskah/<str:key>/riwayat/", narrative.History.as_view(), name="narrative_history"),
    path("<int:year>/naskah/<str:key>/foto/", narrative.PhotoNew.as_view(), name="narrative_photo_new"),
    path("<int:year>/foto/<uuid:uid>/", narrative.PhotoEdit.as_view(), name="narrative_photo"),
]
