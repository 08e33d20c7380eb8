"""Addresses of the performance report: the figures here, each other area in a list of its own."""

from django.urls import include, path

from lkip.urls.plan import staff_patterns
from lkip.views import check, documents, evidence, paper, report

app_name = "lkip"

urlpatterns = [
    path("", report.latest, name="index"),
    path("<year:year>/", report.YearPage.as_view(), name="year"),
    path("<year:year>/angka/<str:code>/", report.FigurePage.as_view(), name="figure"),
    path("<year:year>/angka.<str:format>", documents.figures_file, name="figures_file"),
    path("periksa/", check.CheckPage.as_view(), name="check"),
    path("periksa/<uuid:uid>/", check.CheckResult.as_view(), name="check_result"),
    path("rekaman/<str:code>/", evidence.EvidenceList.as_view(), name="evidence"),
    path("<year:year>/laporan/", paper.PaperPage.as_view(), name="paper"),
    path("<year:year>/laporan.<str:format>", paper.paper_file, name="paper_file"),
    path("<year:year>/rencana/", include("lkip.urls.plan")),
    path("pegawai/", include(staff_patterns)),
    path("", include("lkip.urls.indicators")),
    path("<year:year>/anggaran/", include("lkip.urls.budget")),
    path("<year:year>/triwulan/", include("lkip.urls.quarters")),
    path("", include("lkip.urls.narrative")),
    path("", include("lkip.urls.editions")),
]
