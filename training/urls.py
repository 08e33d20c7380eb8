"""Addresses of the training app."""

from django.urls import path

from training.views import cohorts, participants, public

app_name = "training"

urlpatterns = [
    path("pelatihan/", public.trainings, name="public_trainings"),
    path("pelatihan/<uuid:uid>/", public.training, name="public_training"),
    path("pelatihan/angkatan/", cohorts.CohortList.as_view(), name="cohort_list"),
    path("pelatihan/angkatan/<uuid:uid>/", cohorts.CohortDetail.as_view(), name="cohort_detail"),
    path("pelatihan/angkatan/<uuid:uid>/daftarkan/", cohorts.Enrol.as_view(), name="enrol"),
    path("pelatihan/angkatan/<uuid:uid>/hasil/", participants.Results.as_view(), name="results"),
    path("pelatihan/peserta/", participants.EnrolmentList.as_view(), name="enrolment_list"),
    path("pelatihan/peserta/<uuid:uid>/", participants.EnrolmentDetail.as_view(), name="enrolment_detail"),
    path("pelatihan/peserta/<uuid:uid>/hasil/", participants.Result.as_view(), name="result"),
    path("pelatihan/sertifikat/", participants.CertificateList.as_view(), name="certificate_list"),
    path(
        "pelatihan/sertifikat/<uuid:uid>/",
        participants.CertificateDetail.as_view(),
        name="certificate_detail",
    ),
    path("pelatihan/program/", cohorts.ProgrammeList.as_view(), name="programme_list"),
    path("pelatihan/program/<uuid:uid>/", cohorts.ProgrammeDetail.as_view(), name="programme_detail"),
    path("pelatihan/penyelenggara/", cohorts.ProviderList.as_view(), name="provider_list"),
    path("pelatihan/penyelenggara/saya/", cohorts.own_provider, name="own_provider"),
    path("pelatihan/penyelenggara/<uuid:uid>/", cohorts.ProviderDetail.as_view(), name="provider_detail"),
]
