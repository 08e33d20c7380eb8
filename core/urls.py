"""Addresses of the kernel."""

from django.urls import path

from core.views import files, style

app_name = "core"
urlpatterns = [
    path("gaya/<slug:sum_>.css", style.style, name="style"),
    path("gaya/lambang/<slug:sum_>", style.logo, name="logo"),
    path("berkas/<uuid:uid>/", files.stored_file, name="file"),
    path("unduhan/", files.downloads, name="downloads"),
    path("unduhan/<uuid:uid>/", files.download, name="download"),
]
