"""Addresses of the year while it runs."""

from django.urls import path

from lkip.views import quarters

urlpatterns = [
    path("<key:quarter>/", quarters.QuarterPage.as_view(), name="quarter"),
    path("<key:quarter>/kunci/", quarters.QuarterLockStep.as_view(), name="quarter_lock"),
    path("<key:quarter>/<str:code>/", quarters.NotePage.as_view(), name="quarter_note"),
    path(
        "<key:quarter>/<str:code>/berkas/<uuid:uid>/hapus/",
        quarters.NoteFileRemove.as_view(),
        name="note_file_remove",
    ),
]
