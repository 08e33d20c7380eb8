"""Addresses of the employers app."""

from django.urls import path

from employers.views import companies, others, public, reports

app_name = "employers"

urlpatterns = [
    path("lowongan/", public.vacancies, name="public_vacancies"),
    path("lowongan/<uuid:uid>/", public.vacancy, name="public_vacancy"),
    path("lowongan/kelola/", others.VacancyList.as_view(), name="vacancy_list"),
    path("lowongan/kelola/<uuid:uid>/", others.VacancyDetail.as_view(), name="vacancy_detail"),
    path("lowongan/kelola/<uuid:uid>/tutup/", others.VacancyClose.as_view(), name="vacancy_close"),
    path("perusahaan/", companies.CompanyList.as_view(), name="company_list"),
    path("perusahaan/saya/", companies.own_company, name="own_company"),
    path("perusahaan/baru/", companies.CompanyNew.as_view(), name="company_new"),
    path("perusahaan/<uuid:uid>/", companies.CompanyDetail.as_view(), name="company_detail"),
    path("perusahaan/<uuid:uid>/ubah/", companies.CompanyEdit.as_view(), name="company_edit"),
    path("perusahaan/<uuid:uid>/berhenti/", companies.CompanyEnd.as_view(), name="company_end"),
    path("perusahaan/<uuid:uid>/lapor/", companies.ReportNew.as_view(), name="report_new"),
    path("laporan-perusahaan/", reports.ReportList.as_view(), name="report_list"),
    path("laporan-perusahaan/<uuid:uid>/", reports.ReportDetail.as_view(), name="report_detail"),
    path("laporan-perusahaan/<uuid:uid>/ubah/", reports.ReportEdit.as_view(), name="report_edit"),
    path("tenaga-kerja-asing/", others.ForeignWorkerList.as_view(), name="foreign_worker_list"),
    path(
        "tenaga-kerja-asing/<uuid:uid>/", others.ForeignWorkerDetail.as_view(), name="foreign_worker_detail"
    ),
]
