"""Addresses of a year's plan: strategy, organisation, documents, action plan, statistics."""

from django.urls import path

from lkip.views import plan, plan_writing, staff, statistics, targets

urlpatterns = [
    path("", plan.PlanPage.as_view(), name="plan"),
    path("organisasi/", plan.OrganisationPage.as_view(), name="organisation"),
    path("dokumen/", plan.DocumentsPage.as_view(), name="plan_documents"),
    path("dokumen/<uuid:uid>/", plan.DocumentPage.as_view(), name="plan_document"),
    path("dokumen/<uuid:uid>/lembar.pdf", plan.agreement_sheet, name="agreement_sheet"),
    path("renstra/", plan.TreePage.as_view(kind="RENSTRA"), name="renstra"),
    path("rkt/", plan.TreePage.as_view(kind="RKT"), name="rkt"),
    path("aksi/", plan.ActionPage.as_view(), name="action_plan"),
    path("iku/", plan.IkuPage.as_view(), name="iku_sheet"),
    path("lintas/", plan.CrossCuttingPage.as_view(), name="cross_cutting"),
    path("target/<str:code>/", targets.LineagePage.as_view(), name="lineage"),
    # outside numbers
    path("statistik/", statistics.StatisticsPage.as_view(), name="statistics"),
    path("statistik/unggah/", statistics.StatisticUploadPage.as_view(), name="statistic_upload"),
    path(
        "statistik/unggah/<uuid:uid>/",
        statistics.StatisticUploadPage.as_view(),
        name="statistic_upload_preview",
    ),
    path("statistik/register/<slug:key>/", statistics.RegisterEdit.as_view(), name="register_start"),
    path("statistik/wilayah/unggah/", statistics.RegionalUploadPage.as_view(), name="regional_upload"),
    path(
        "statistik/wilayah/unggah/<uuid:uid>/",
        statistics.RegionalUploadPage.as_view(),
        name="regional_upload_preview",
    ),
    path("statistik/ubah/<uuid:uid>/", statistics.StatisticEdit.as_view(), name="statistic_edit"),
    path("statistik/tarik/<uuid:uid>/", statistics.StatisticWithdraw.as_view(), name="statistic_withdraw"),
    path("statistik/<str:code>/", statistics.RegionalPage.as_view(), name="regional"),
    path("statistik/<str:code>/baru/", statistics.StatisticNew.as_view(), name="statistic_new"),
    path("statistik/<str:code>/wilayah/", statistics.RegionalNew.as_view(), name="regional_new"),
    # writing
    path("siapkan/", plan_writing.PrepareYear.as_view(), name="prepare_year"),
    path("pernyataan/baru/", plan_writing.StatementNew.as_view(), name="statement_new"),
    path("pernyataan/<uuid:uid>/", plan_writing.StatementEdit.as_view(), name="statement_edit"),
    path("unit/baru/", plan_writing.UnitNew.as_view(), name="unit_new"),
    path("unit/<uuid:uid>/", plan_writing.UnitEdit.as_view(), name="unit_edit"),
    path("lintas/baru/", plan_writing.CrossCuttingNew.as_view(), name="cross_cutting_new"),
    path("lintas/<uuid:uid>/", plan_writing.CrossCuttingEdit.as_view(), name="cross_cutting_edit"),
    path("dokumen/baru/", plan_writing.DocumentNew.as_view(), name="plan_document_new"),
    path("dokumen/<uuid:uid>/ubah/", plan_writing.DocumentEdit.as_view(), name="plan_document_edit"),
    path("dokumen/<uuid:uid>/pagu/<str:key>/", targets.PlannedBudgetEdit.as_view(), name="planned_budget"),
    path("target/unggah/berkas/", targets.TargetUploadPage.as_view(), name="target_upload"),
    path(
        "target/unggah/berkas/<uuid:uid>/", targets.TargetUploadPage.as_view(), name="target_upload_preview"
    ),
    path("target/<str:code>/baru/", targets.TargetNew.as_view(), name="target_new"),
    path("target/<str:code>/awal/<uuid:uid>/", targets.BaselineEdit.as_view(), name="baseline_edit"),
    path("target/<str:code>/triwulan/", targets.QuartersEdit.as_view(), name="quarters_edit"),
    path("target/ubah/<uuid:uid>/", targets.TargetEdit.as_view(), name="target_edit"),
]

staff_patterns = [
    path("", staff.StaffList.as_view(), name="staff_list"),
    path("baru/", staff.StaffNew.as_view(), name="staff_new"),
    path("unggah/", staff.StaffUploadPage.as_view(), name="staff_upload"),
    path("unggah/<uuid:uid>/", staff.StaffUploadPage.as_view(), name="staff_upload_preview"),
    path("<uuid:uid>/", staff.StaffDetail.as_view(), name="staff_detail"),
    path("<uuid:uid>/ubah/", staff.StaffEdit.as_view(), name="staff_edit"),
    path("<uuid:uid>/pindah/", staff.StaffMove.as_view(), name="staff_move"),
    path("<uuid:uid>/akhiri/", staff.StaffEnd.as_view(), name="staff_end"),
]
"""The staff register is one for all years."""
