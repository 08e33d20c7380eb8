"""Addresses of a year's budget: spending, income, shares, taking in a file."""

from django.urls import path

from lkip.views import budget, budget_import

urlpatterns = [
    path("", budget.BudgetPage.as_view(), name="budget"),
    path("baris/baru/", budget.LineNew.as_view(), name="budget_line_new"),
    path("baris/<uuid:uid>/", budget.LineEdit.as_view(), name="budget_line"),
    path("baris/<uuid:uid>/bulan/", budget.MonthEdit.as_view(), name="budget_month"),
    path("pendapatan/baru/", budget.IncomeEdit.as_view(), name="income_new"),
    path("pendapatan/<uuid:uid>/", budget.IncomeEdit.as_view(editing=True), name="income_line"),
    path("sasaran/", budget.SharesPage.as_view(), name="budget_shares"),
    path("sasaran/<str:key>/", budget.ShareEdit.as_view(), name="budget_share"),
    path("unggah/", budget_import.UploadPage.as_view(), name="budget_upload"),
    path("unggah/templat.xlsx", budget_import.template_file, name="budget_template"),
    path("unggah/<uuid:uid>/", budget_import.PreviewPage.as_view(), name="budget_preview"),
]
