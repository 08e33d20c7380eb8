"""Kill -9 of the worker or the site in the middle of real work: nothing confirmed is lost, nothing doubled."""

import io
import threading
import uuid
from datetime import date

import pytest
import requests
from openpyxl import Workbook

from core.personal import make_nik
from tests.ops.harness import wait_for
from tests.pictures import photo

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("house")]
CARDS = 8
UPLOAD = "/bkk/lulusan/unggah/"
HEAD = ["NIK", "Nama lengkap", "Tempat lahir", "Tanggal lahir", "Jenis kelamin", "Kelurahan", "Alamat", "Telepon",
        "E-mail", "Pendidikan", "Jurusan", "Tahun lulus"]  # fmt: skip


def held(house, place: str, send, *, after: int = 0) -> None:
    """Send a request that is held at the place, kill the site there, start it again."""
    house.arm(place, after=after)
    ended = []

    def sending() -> None:
        try:
            ended.append(send())
        except requests.ConnectionError as problem:
            ended.append(problem)

    thread = threading.Thread(target=sending)
    thread.start()
    house.reached(place, "web")
    house.kill("web")
    thread.join(30)
    assert isinstance(ended[0], requests.ConnectionError), "the sender got no answer"
    house.start("web")


class TestCardBatch:
    """The worker dies while it prints a day's cards."""

    @pytest.mark.parametrize(
        ("place", "after", "which"),
        [("second-lines", 1, "new"), ("drawing", 0, "all"), ("handing-over", 0, "all")],
    )
    def test_every_card_is_in_the_file_and_in_the_register_once(self, house, place, after, which):
        before = house.one("SELECT count(*) FROM jobseekers_cardprint")
        house.arm(place, after=after)
        ordered = house.send(
            house.who["officer"], "/petugas/kartu/cetak/sehari/", {"day": self.today(house), "which": which}
        )
        assert ordered.status_code == 302, ordered.text[-2000:]
        house.reached(place, "worker")
        job, lines = house.one("SELECT max(job_id) FROM jobseekers_printbatch"), self.lines(house)
        assert house.one("SELECT state FROM core_job WHERE id = ?", job) == "RUNNING"
        house.kill("worker")
        house.start("worker")
        state = "SELECT state FROM core_job WHERE id = ?"
        wait_for(lambda: house.one(state, job) == "DONE", seconds=40, told=house.processes["worker"].said)
        assert 0 < lines <= CARDS
        assert house.one("SELECT attempts FROM core_job WHERE id = ?", job) >= 2
        assert house.one("SELECT count(*) FROM jobseekers_cardprint") == before + CARDS
        assert self.lines(house) == CARDS
        counts = house.ask("SELECT print_count FROM jobseekers_ak1card")
        assert {count for (count,) in counts} == {(before + CARDS) // CARDS}
        self.look_at_the_file(house, job)

    def today(self, house) -> str:
        """The day on which the cards were issued."""
        return str(house.one("SELECT max(issued_on) FROM jobseekers_ak1card"))

    def lines(self, house) -> int:
        """How many lines the last batch has."""
        last = "SELECT max(id) FROM jobseekers_printbatch"
        return house.one(f"SELECT count(*) FROM jobseekers_cardprint WHERE batch_id = ({last})")

    def look_at_the_file(self, house, job) -> None:
        """One file for the order, and all cards in it."""
        from pypdf import PdfReader

        ((state, rows, uid),) = house.ask(
            "SELECT state, rows, uid FROM core_downloadfile WHERE job_id = ?", job
        )
        assert (state, rows) == ("READY", CARDS)
        got = house.seen(house.who["officer"], f"/unduhan/{uuid.UUID(str(uid))}/")
        assert got.status_code == 200
        numbers = [number for (number,) in house.ask("SELECT number FROM jobseekers_ak1card")]
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(got.content)).pages).replace(
            " ", ""
        )
        assert [number for number in numbers if text.count(number) < 1] == []


def as_kept(house, uid: str) -> str:
    """An id as the database writes it."""
    return uid if house.servers else uuid.UUID(uid).hex


class TestPhoto:
    """The site dies after a photo is straightened and kept, before the person has it."""

    def person(self, house) -> int:
        """The key of the person who sends."""
        mine = as_kept(house, house.who["sender_application"])
        return house.one("SELECT jobseeker_id FROM jobseekers_ak1application WHERE uid = ?", mine)

    def test_the_old_photo_stays_and_the_second_try_is_the_one(self, house):
        mine = f"SELECT photo_id, version FROM jobseekers_jobseeker WHERE id = {self.person(house)}"
        ((old, version),) = house.ask(mine)
        path = f"/ak1/permohonan/{house.who['sender_application']}/isi/foto/"
        picture = photo().getvalue()

        def send():
            files = {"photo": ("foto.jpg", picture, "image/jpeg")}
            return house.send(house.who["sender"], path, {"version": version}, files)

        held(house, "photo-kept", send)
        assert house.ask(mine) == [(old, version)]
        assert send().status_code == 302
        ((new, after),) = house.ask(mine)
        assert new != old
        assert after == version + 1
        assert not [path for path in house.lying_about() if path.is_relative_to(house.folder / "tmp")]
        # What the killed process had kept is named by nobody, and swept after a day (tests/core/test_files.py).
        unnamed = house.one("SELECT count(*) FROM core_storedfile WHERE id > ? AND id <> ?", old, new)
        assert unnamed >= 1


def sheet(count: int, first: int) -> bytes:
    """An upload of leavers."""
    book = Workbook()
    book.active.append(HEAD)
    for number in range(first, first + count):
        nik = make_nik("327701", date(2005, 8, 17), "F", 100 + number)
        book.active.append([nik, "Siti Contohwati", "Cimahi", "17-08-2005", "Perempuan", "Melong", "Jalan Melati 1",
                            "0812 3456 7890", f"siti{number}@contoh.test", "SMK", "Akuntansi", 2023])  # fmt: skip
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class TestImport:
    """The site dies while it saves a class of leavers."""

    def staged(self, house, first: int) -> str:
        """Upload a class of six; return the preview's path."""
        files = {"file": ("lulusan.xlsx", sheet(6, first))}
        answer = house.send(house.who["teacher"], UPLOAD, files=files)
        assert answer.status_code == 302, answer.text[-2000:]
        return answer.headers["Location"]

    def counts(self, house) -> tuple[int, int, int]:
        """Drafts of schools, their links, and mails about them."""
        return (
            house.one("SELECT count(*) FROM jobseekers_ak1application WHERE origin = 'BKK'"),
            house.one("SELECT count(*) FROM jobseekers_onetimelink"),
            house.one("SELECT count(*) FROM messaging_message WHERE subject LIKE 'Periksa draf%'"),
        )

    def test_half_a_class_is_never_saved_and_the_second_try_saves_all(self, house):
        before = self.counts(house)
        path = self.staged(house, 1)

        def decide():
            return house.send(house.who["teacher"], path, {"keputusan": "all"})

        held(house, "leaver", decide, after=3)
        assert self.counts(house) == before
        assert decide().status_code == 302
        assert self.counts(house) == tuple(count + 6 for count in before)
        again = decide()
        assert again.status_code == 422
        assert "sudah disimpan" in again.text
        assert self.counts(house) == tuple(count + 6 for count in before)

    def test_what_was_saved_before_the_answer_was_lost_is_not_saved_twice(self, house):
        before = self.counts(house)
        path = self.staged(house, 50)

        def decide():
            return house.send(house.who["teacher"], path, {"keputusan": "all"})

        held(house, "answer", decide)
        assert self.counts(house) == tuple(count + 6 for count in before)
        assert "sudah disimpan" in decide().text
        assert self.counts(house) == tuple(count + 6 for count in before)

    def test_a_worker_killed_among_its_mails_sends_each_in_the_end(self, house):
        path = self.staged(house, 100)
        house.arm("mailing", after=2)
        assert house.send(house.who["teacher"], path, {"keputusan": "all"}).status_code == 302
        house.reached("mailing", "worker")
        house.kill("worker")
        house.start("worker")
        waiting = "SELECT count(*) FROM messaging_message WHERE state <> 'SENT'"
        wait_for(lambda: house.one(waiting) == 0, seconds=40, told=house.processes["worker"].said)
        mails = "".join(mail.read_text() for mail in (house.folder / "surat").rglob("*.eml"))
        for number in (*range(1, 7), *range(50, 56), *range(100, 106)):
            assert mails.count(f"To: siti{number}@contoh.test") == 1


class TestSubmit:
    """The site dies while an application is sent."""

    def test_it_is_sent_wholly_or_not_at_all_and_once(self, house):
        mine = f"WHERE uid = '{as_kept(house, house.who['sender_application'])}'"
        path = f"/ak1/permohonan/{house.who['sender_application']}/periksa/"
        state = f"SELECT state, version, id FROM jobseekers_ak1application {mine}"
        ((_, version, pk),) = house.ask(state)

        def send():
            return house.send(house.who["sender"], path, {"version": version})

        held(house, "submitting", send)
        assert house.ask(state) == [("DRAFT", version, pk)]
        held(house, "answer", send)
        assert house.ask(state) == [("SUBMITTED", version + 1, pk)]
        assert send().status_code in (302, 409)
        assert house.ask(state) == [("SUBMITTED", version + 1, pk)]


def test_the_processes_said_nothing_of_a_failure(house):
    said = house.logs()
    assert "Traceback" not in said, said[said.index("Traceback") - 500 :][:3000]


def test_a_job_that_never_ends_costs_one_child_of_the_worker(house):
    if not house.servers:
        pytest.skip("one process without children; tests/ops/test_supervise.py has it")
    asked = house.run("tests.ops.slow.enqueue", "ops.stuck", "2").split()
    done = f"SELECT count(*) FROM core_job WHERE id IN ({','.join(asked)}) AND state = 'DONE'"
    wait_for(lambda: house.one(done) == 2, seconds=60, told=house.processes["worker"].said)
    assert "in stuck" in house.logs(), "the log tells where it hung"
