"""Addresses of the performance report."""

from django.urls import include, path

from lkip.urls_plan import staff_patterns
from lkip.views import documents, evidence, report

app_name = "lkip"

urlpatterns = [
    path("", report.latest, name="index"),
    path("<int:year>/", report.YearPage.as_view(), name="year"),
    path("<int:year>/angka/<str:code>/", report.FigurePage.as_view(), name="figure"),
    path("<int:year>/anggaran/", report.BudgetPage.as_view(), name="budget"),
    path("<int:year>/angka.<str:format>", documents.figures_file, name="figures_file"),
    path("<int:year>/tabel-terukur.pdf", documents.measured_tables, name="measured_tables"),
    path("rekaman/<str:code>/", evidence.EvidenceList.as_view(), name="evidence"),
    # plan: strategy, staff, documents, targets, statistics
    path("<int:year>/rencana/", include("lkip.urls_plan")),
    path("pegawai/", include(staff_patterns)),
]
