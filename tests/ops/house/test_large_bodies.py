"""300 MB at a real server: refused with a page before the body is read, on every address that takes a file."""

import re
import socket
import threading
import time

import pytest

from tests.ops.house import houses

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("house")]
LARGE = 300 * 1024 * 1024
MOST_TAKEN = 24 * 1024 * 1024
"""What the server and the kernel's buffers of both ends may have swallowed until the sender noticed.

The kernel grows the buffers of a sender that waits, up to ten megabytes and more on a machine with much to do.
"""
LIMIT = 32 * 1024 * 1024
BOUNDARY = "batas"
PART = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
    "Content-Type: application/octet-stream\r\n\r\n"
).encode()
ROUTES = {
    "photo": "/ak1/permohonan/{applicant_application}/isi/foto/",
    "document": "/ak1/permohonan/{applicant_application}/dokumen/ktp/",
    "API photo": "/api/v1/me/photo/",
    "desk": "/petugas/ak1/loket/",
    "leavers": "/bkk/lulusan/unggah/",
    "evidence": "/kegiatan/baru/",
    "placement": "/penempatan/lapor/",
    "sign-in": "/akun/masuk/",
    "nowhere": "/tidak-ada/",
}


class Sender:
    """A client that goes on sending while it listens, and stops when the other end closes or answers."""

    def __init__(self, house, path: str, session: str, headers: list[str]) -> None:
        """Connect and send the head of a POST."""
        host, _, port = house.base.removeprefix("http://").partition(":")
        self.link = socket.create_connection((host, int(port)), timeout=30)
        head = [
            f"POST {path} HTTP/1.1",
            f"Host: {host}:{port}",
            f"Cookie: sessionid={session}; csrftoken={houses.TOKEN}",
            f"Referer: {house.base}{path}",
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
            f"X-CSRFToken: {houses.TOKEN}",
            *headers,
        ]
        self.link.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        self.answer, self.over, self.sent = b"", threading.Event(), 0
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        try:
            while piece := self.link.recv(65536):
                self.answer += piece
        except OSError:
            pass  # reset: what came before is kept
        self.over.set()

    def pour(self, piece: bytes, most: int) -> None:
        """Send the piece again and again until `most` bytes are gone or nobody takes them."""
        try:
            while self.sent < most and not self.over.is_set() and b"\r\n\r\n" not in self.answer:
                self.link.sendall(piece)
                self.sent += len(piece)
        except OSError:
            pass  # the server closed

    def finish(self) -> tuple[int, str]:
        """Wait for the answer; return status and text."""
        self.over.wait(30)
        self.link.close()
        self.listener.join(5)
        status = re.match(rb"HTTP/1\.1 (\d+)", self.answer)
        assert status, self.answer[:300]
        return int(status[1]), self.answer.decode(errors="replace")


def who(house, name: str) -> str:
    """A session that may use the route, where there is one."""
    staff = ("desk", "evidence", "placement")
    return house.who["teacher" if name == "leavers" else "officer" if name in staff else "applicant"]


@pytest.mark.parametrize("name", ROUTES)
def test_a_length_above_the_limit_is_refused_before_the_body(house, name):
    before = house.lying_about()
    path = ROUTES[name].format(**house.who)
    began = time.monotonic()
    sender = Sender(house, path, who(house, name), [f"Content-Length: {LARGE}"])
    sender.pour(b"x" * 65536, LARGE)
    status, text = sender.finish()
    assert status == 413, text[:500]
    assert "Batasnya 32 MB" in text
    assert ("application/problem+json" in text) == path.startswith("/api/")
    assert "Kiriman terlalu besar" in text
    assert path.startswith("/api/") or '<h1 class="govuk-heading-l">' in text
    assert sender.sent < MOST_TAKEN
    assert time.monotonic() - began < 10
    assert house.lying_about() == before


def test_the_answer_comes_without_one_byte_of_the_body(house):
    sender = Sender(house, ROUTES["photo"].format(**house.who), "", [f"Content-Length: {LARGE}"])
    deadline = time.monotonic() + 10
    while b"</html>" not in sender.answer and time.monotonic() < deadline:
        time.sleep(0.05)
    assert b" 413 " in sender.answer[:20]
    sender.link.shutdown(socket.SHUT_WR)
    assert sender.finish()[0] == 413
    assert sender.sent == 0


@pytest.mark.parametrize("name", ["photo", "leavers", "API photo"])
def test_chunks_are_counted_and_given_up_at_the_limit(house, name):
    before = house.lying_about()
    sender = Sender(house, ROUTES[name].format(**house.who), who(house, name), ["Transfer-Encoding: chunked"])
    sender.link.sendall(b"%x\r\n%s\r\n" % (len(PART), PART))
    piece = b"x" * 65536
    sender.pour(b"10000\r\n" + piece + b"\r\n", LARGE)
    status, text = sender.finish()
    assert status == 413, text[:500]
    assert "Batasnya 32 MB" in text
    assert LIMIT <= sender.sent < LIMIT + MOST_TAKEN
    assert house.lying_about() == before


def test_a_small_body_in_chunks_is_read_as_any_other(house):
    """Without a length Django would take it for empty, and the teacher would read that no file was chosen."""
    before = house.lying_about()
    sender = Sender(house, "/bkk/lulusan/unggah/", who(house, "leavers"), ["Transfer-Encoding: chunked"])
    body = PART + b"bukan tabel" + f"\r\n--{BOUNDARY}--\r\n".encode()
    sender.link.sendall(b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:40], body[40:])))
    sender.link.sendall(b"0\r\n\r\n")
    sender.link.shutdown(socket.SHUT_WR)
    status, text = sender.finish()
    assert status == 422
    assert "Pilih berkas" not in text
    assert house.lying_about() == before


def test_above_a_pages_own_limit_the_form_says_which_and_nothing_stays(house):
    """21 MiB come in whole, into a file without a name; the form then names its own limit."""
    from io import BytesIO

    before, path = house.lying_about(), ROUTES["photo"].format(**house.who)
    large = BytesIO(b"\xff\xd8\xff" + b"x" * (21 * 1024 * 1024))
    answer = house.send(
        house.who["applicant"], path, {"version": 1}, {"photo": ("foto.jpg", large, "image/jpeg")}
    )
    assert answer.status_code == 422
    assert "batasnya 20 MB" in answer.text
    table = BytesIO(b"PK\x03\x04" + b"x" * (6 * 1024 * 1024))
    answer = house.send(house.who["teacher"], ROUTES["leavers"], files={"file": ("a.xlsx", table, "x/x")})
    assert answer.status_code == 422
    assert "batasnya 5 MB" in answer.text
    assert house.lying_about() == before


def test_an_upload_that_the_site_is_killed_in_leaves_no_file(house):
    before = house.lying_about()
    sender = Sender(
        house, ROUTES["photo"].format(**house.who), house.who["applicant"], ["Content-Length: 20000000"]
    )
    sender.link.sendall(PART)
    sender.pour(b"x" * 65536, 12_000_000)
    time.sleep(0.5)
    house.kill("web")
    sender.over.wait(10)
    sender.link.close()
    sender.listener.join(5)
    assert sender.answer == b""
    assert house.lying_about() == before
    house.start("web")
