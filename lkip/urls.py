"""Addresses of the performance report."""

from django.urls import path

from lkip.views import compare, consistency, documents, editions, evidence, public, report

app_name = "lkip"

urlpatterns = [
    path("", report.latest, name="index"),
    path("<int:year>/", report.YearPage.as_view(), name="year"),
    path("<int:year>/angka/<str:code>/", report.FigurePage.as_view(), name="figure"),
    path("<int:year>/anggaran/", report.BudgetPage.as_view(), name="budget"),
    path("<int:year>/angka.<str:format>", documents.figures_file, name="figures_file"),
    path("<int:year>/tabel-terukur.pdf", documents.measured_tables, name="measured_tables"),
    # editions, comparison, self-assessment, checker
    path("<int:year>/edisi/", editions.EditionList.as_view(), name="editions"),
    path("edisi/<uuid:uid>/", editions.EditionPage.as_view(), name="edition"),
    path("edisi/<uuid:uid>/daftar-periksa/", editions.ReviewForm.as_view(), name="review"),
    path("<int:year>/pemeriksaan/", consistency.Consistency.as_view(), name="consistency"),
    path("<int:year>/lembar-evaluasi/", compare.Assessment.as_view(), name="assessment"),
    path("antartahun/", compare.compare, name="compare"),
    path("terbit/", public.published, name="public"),
    path("terbit/<slug:slug>/", public.edition, name="public_edition"),
    path("terbit/<slug:slug>/berkas/<str:format>", public.edition_file, name="public_file"),
    path("terbit/<slug:slug>/angka.<str:format>", public.edition_data, name="public_data"),
    path("rekaman/<str:code>/", evidence.EvidenceList.as_view(), name="evidence"),
]
