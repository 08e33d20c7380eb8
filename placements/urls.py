"""Addresses of the placement ledger."""

from django.urls import path

from placements.views import institutions, placements, reports, self_reports

app_name = "placements"

urlpatterns = [
    path("penempatan/", placements.PlacementList.as_view(), name="placement_list"),
    path("penempatan/lapor/", reports.ReportNew.as_view(), name="report_new"),
    path("penempatan/laporan/", reports.ReportList.as_view(), name="report_list"),
    path("penempatan/laporan/<uuid:uid>/", reports.ReportDetail.as_view(), name="report_detail"),
    path("penempatan/laporan/<uuid:uid>/perbaiki/", reports.ReportEdit.as_view(), name="report_edit"),
    path("penempatan/kabar/", self_reports.SelfReportList.as_view(), name="self_report_list"),
    path("penempatan/kabar/<uuid:uid>/", self_reports.SelfReportDetail.as_view(), name="self_report_detail"),
    path(
        "penempatan/kabar/<uuid:uid>/catat/", self_reports.SelfReportBook.as_view(), name="self_report_book"
    ),
    path("penempatan/<uuid:uid>/", placements.PlacementDetail.as_view(), name="placement_detail"),
    path("penempatan/<uuid:uid>/lapor/", placements.ReportAdd.as_view(), name="report_add"),
    path("bkk/", institutions.ExchangeList.as_view(), name="exchange_list"),
    path("bkk/<uuid:uid>/", institutions.ExchangeDetail.as_view(), name="exchange_detail"),
    path("p3mi/", institutions.AgencyList.as_view(), name="agency_list"),
    path("p3mi/<uuid:uid>/", institutions.AgencyDetail.as_view(), name="agency_detail"),
]
