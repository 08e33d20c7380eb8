"""Addresses of the disputes app."""

from django.urls import path

from disputes.views import cases, steps

app_name = "disputes"

urlpatterns = [
    path("perselisihan/", cases.CaseList.as_view(), name="case_list"),
    path("perselisihan/baru/", cases.CaseNew.as_view(), name="case_new"),
    path("perselisihan/tenggat/", cases.DeadlineList.as_view(), name="deadline_list"),
    path("perselisihan/<uuid:uid>/", cases.CaseDetail.as_view(), name="case_detail"),
    path("perselisihan/<uuid:uid>/ubah/", cases.CaseEdit.as_view(), name="case_edit"),
    path("perselisihan/<uuid:uid>/mediator/", steps.Reassign.as_view(), name="reassign"),
    path("perselisihan/<uuid:uid>/langkah/<slug:name>/", steps.Step.as_view(), name="step"),
]
