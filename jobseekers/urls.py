"""Addresses of the job seekers' room."""

from django.urls import path

from jobseekers.views import breaches, cards, check, filling, own, people, queue, recap, rights, rows

app_name = "jobseekers"
urlpatterns = [
    path("kartu/periksa/", check.check_card, name="check_card"),
    path("ak1/", own.my_ak1, name="my_ak1"),
    path("ak1/mulai/", own.Start.as_view(), name="start"),
    path("ak1/permohonan/<uuid:uid>/", own.my_application, name="my_application"),
    path("ak1/permohonan/<uuid:uid>/isi/<slug:part>/", rows.part_page, name="fill_part"),
    path("ak1/permohonan/<uuid:uid>/baris/<slug:kind>/", rows.add_row, name="row_add"),
    path("ak1/permohonan/<uuid:uid>/baris/<slug:kind>/<int:pk>/", rows.RowForm.as_view(), name="row_change"),
    path(
        "ak1/permohonan/<uuid:uid>/baris/<slug:kind>/<int:pk>/hapus/",
        rows.RemoveRow.as_view(),
        name="row_remove",
    ),
    path(
        "ak1/permohonan/<uuid:uid>/dokumen/<slug:kind>/", filling.FillDocument.as_view(), name="fill_document"
    ),
    path(
        "ak1/permohonan/<uuid:uid>/dokumen/<slug:kind>/hapus/",
        filling.DropDocument.as_view(),
        name="drop_document",
    ),
    path("ak1/permohonan/<uuid:uid>/periksa/", own.review, name="review"),
    path("ak1/permohonan/<uuid:uid>/batal/", own.cancel, name="cancel"),
    path("ak1/kartu/<uuid:uid>/", own.my_card, name="my_card"),
    path("ak1/kartu/<uuid:uid>/pdf/", cards.card_pdf, name="card_pdf"),
    path("privasi/", rights.my_privacy, name="my_privacy"),
    path("privasi/persetujuan/<slug:purpose>/", rights.my_consent, name="my_consent"),
    path("privasi/data/", rights.my_data_page, name="my_data"),
    path("privasi/data/<slug:form>/", rights.my_data_file, name="my_data_file"),
    path("privasi/siapa-melihat/", rights.my_looks, name="my_looks"),
    path("privasi/permintaan/baru/", rights.MyRequestNew.as_view(), name="my_request_new"),
    path("privasi/permintaan/<uuid:uid>/", rights.my_request, name="my_request"),
    path("petugas/data-pribadi/", rights.DataRequestList.as_view(), name="data_request_list"),
    path("petugas/data-pribadi/<uuid:uid>/", rights.DataRequestDetail.as_view(), name="data_request_detail"),
    path("petugas/kegagalan-data/", breaches.BreachList.as_view(), name="breach_list"),
    path("petugas/kegagalan-data/baru/", breaches.BreachNew.as_view(), name="breach_new"),
    path("petugas/kegagalan-data/<uuid:uid>/", breaches.BreachDetail.as_view(), name="breach_detail"),
    path("petugas/kegagalan-data/<uuid:uid>/ubah/", breaches.BreachEdit.as_view(), name="breach_edit"),
    path("petugas/kegagalan-data/<uuid:uid>/orang/", breaches.breach_affected, name="breach_affected"),
    path("petugas/ak1/", queue.ApplicationList.as_view(), name="application_list"),
    path("petugas/ak1/loket/", queue.DeskApplication.as_view(), name="desk"),
    path("petugas/ak1/rekap/", recap.recap, name="recap"),
    path("petugas/ak1/<uuid:uid>/", queue.ApplicationDetail.as_view(), name="application_detail"),
    path("petugas/kartu/", cards.CardList.as_view(), name="card_list"),
    path("petugas/kartu/<uuid:uid>/", cards.CardDetail.as_view(), name="card_detail"),
    path("petugas/kartu/<uuid:uid>/hapus/", cards.CardRemove.as_view(), name="card_remove"),
    path("petugas/pencari-kerja/", people.PersonList.as_view(), name="person_list"),
    path("petugas/pencari-kerja/<uuid:uid>/", people.PersonDetail.as_view(), name="person_detail"),
    path("petugas/pencari-kerja/<uuid:uid>/nik/", people.reveal_nik, name="reveal_nik"),
    path("petugas/pencari-kerja/<uuid:uid>/ubah/", people.PersonEdit.as_view(), name="person_edit"),
    path("petugas/pencari-kerja/<uuid:uid>/gabung/", people.PersonMerge.as_view(), name="person_merge"),
    path("petugas/pencari-kerja/<uuid:uid>/loket/", queue.DeskForPerson.as_view(), name="desk_for"),
]
