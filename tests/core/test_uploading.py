"""The pages of an upload: choose, look, decide; nothing is saved before."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import include, path

from core.models import AuditEvent, StagedUpload
from core.uploading import UploadView
from tests.core.test_tables_in import GOOD_ROW, NIK, NIK2, ROW2, PeopleUpload, saved, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class PeoplePage(UploadView):
    upload = PeopleUpload

    def done_url(self):
        return "/unggah/"


urlpatterns = [
    path("unggah/", PeoplePage.as_view()),
    path("unggah/<uuid:uid>/", PeoplePage.as_view()),
    path("", include("config.urls")),
]


def send(client, rows, name="orang.xlsx", data=None):
    content = xlsx(rows).getvalue() if data is None else data
    return client.post("/unggah/", {"file": SimpleUploadedFile(name, content)})


def test_form_template_and_preview_lead_to_saved_rows(client_as):
    client = client_as()
    page = client.get("/unggah/").content.decode()
    assert "Unduh templat Excel" in page
    template = client.get("/unggah/?berkas=templat")
    assert openpyxl.load_workbook(io.BytesIO(b"".join(template.streaming_content))).sheetnames[0] == "Data"
    answer = send(client, [GOOD_ROW, ROW2])
    assert answer.status_code == 302
    preview = client.get(answer.url).content.decode()
    assert "Simpan 2 baris" in preview
    assert NIK not in preview
    assert saved() == []
    client.post(answer.url, {"keputusan": "all"})
    assert saved() == ["Asep", "Siti Nurhaliza"]
    assert AuditEvent.objects.get(kind="upload.committed").detail == {
        "upload": "uji-orang",
        "rows": 2,
        "skipped": 0,
    }


def test_errors_are_shown_by_cell_and_good_rows_may_be_saved(client_as):
    client = client_as()
    url = send(client, [GOOD_ROW, ["", NIK2]]).url
    page = client.get(url).content.decode()
    assert "<b>A3</b> Nama wajib diisi." in page
    assert "Simpan 1 baris yang benar" in page
    refused = client.post(url, {"keputusan": "all"})
    assert refused.status_code == 422
    assert "Tidak ada yang disimpan" in refused.content.decode()
    sheet = client.get(url + "?berkas=kesalahan")
    assert sheet["Cache-Control"] == "private, no-store"
    assert client.post(url, {"keputusan": "good"}).status_code == 302
    assert saved() == ["Siti Nurhaliza"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"MZ\x90\x00xx", "program Windows"), (b"", "kosong"), (b"a;b\n1;2\n", "Kolom wajib tidak ada")],
)
def test_unreadable_files_are_refused_in_place(client_as, data, words):
    answer = send(client_as(), [], data=data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Galat:" in page
    assert not StagedUpload.objects.exists()


def test_no_file_is_asked_for(client_as):
    answer = client_as().post("/unggah/", {})
    assert "Pilih berkas Excel atau CSV lebih dulu." in answer.content.decode()


def test_nobody_else_sees_a_staged_upload(client_as):
    url = send(client_as(), [GOOD_ROW]).url
    stranger = client_as()
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {"keputusan": "all"}).status_code == 404
    assert saved() == []


def test_cancelled_upload_says_so_and_cannot_be_saved(client_as):
    client = client_as()
    url = send(client, [GOOD_ROW]).url
    assert client.post(url, {"keputusan": "batal"}).url == "/unggah/"
    assert client.post(url, {"keputusan": "all"}).status_code == 422
    assert "Dibatalkan" in client.get(url).content.decode()
    assert saved() == []


def test_without_permission_it_is_403(client_as, monkeypatch):
    client = client_as()
    monkeypatch.setattr(PeopleUpload, "permitted", False)
    assert client.get("/unggah/").status_code == 403
