"""Addresses of the performance report."""

from django.urls import include, path

from lkip.views import check, documents, evidence, paper, report

app_name = "lkip"

urlpatterns = [
    path("", report.latest, name="index"),
    path("<int:year>/", report.YearPage.as_view(), name="year"),
    path("<int:year>/angka/<str:code>/", report.FigurePage.as_view(), name="figure"),
    path("<int:year>/angka.<str:format>", documents.figures_file, name="figures_file"),
    path("periksa/", check.CheckPage.as_view(), name="check"),
    path("periksa/<uuid:uid>/", check.CheckResult.as_view(), name="check_result"),
    path("rekaman/<str:code>/", evidence.EvidenceList.as_view(), name="evidence"),
    # the whole report: contents, files
    path("<int:year>/laporan/", paper.PaperPage.as_view(), name="paper"),
    path("<int:year>/laporan.<str:format>", paper.paper_file, name="paper_file"),
    # budget: spending, income, shares, taking in a file
    path("<int:year>/anggaran/", include("lkip.urls_budget")),
    # the year while it runs: quarters, notes, locks
    path("<int:year>/triwulan/", include("lkip.urls_quarters")),
]
