"""Addresses of editions and what is published, of the checker, of years side by side and of the self-assessment."""

from django.urls import path

from lkip.views import compare, consistency, editions, public

urlpatterns = [
    path("<year:year>/edisi/", editions.EditionList.as_view(), name="editions"),
    path("edisi/<uuid:uid>/", editions.EditionPage.as_view(), name="edition"),
    path("edisi/<uuid:uid>/daftar-periksa/", editions.ReviewForm.as_view(), name="review"),
    path("<year:year>/pemeriksaan/", consistency.Consistency.as_view(), name="consistency"),
    path("<year:year>/lembar-evaluasi/", compare.Assessment.as_view(), name="assessment"),
    path("antartahun/", compare.compare, name="compare"),
    path("terbit/", public.published, name="public"),
    path("terbit/<slug:slug>/", public.edition, name="public_edition"),
    path("terbit/<slug:slug>/berkas/<str:format>", public.edition_file, name="public_file"),
    path("terbit/<slug:slug>/angka.<str:format>", public.edition_data, name="public_data"),
]
