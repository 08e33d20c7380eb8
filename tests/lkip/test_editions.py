"""Editions: who takes which step, what is frozen, what would differ, and what a restatement changes."""

import hashlib
import json
import re
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from core import clock, files, formats
from core.documents import fonts
from core.errors import Refused
from core.models.job import Job, JobState
from core.models.reference import Nomenclature
from core.workflow import NotAllowed, StaleRecord
from jobseekers.models import AK1Card
from lkip import checklist, consistency, editions, freezing, publishing, report
from lkip.enums import EditionState, Formula, Level
from lkip.figures import compute
from lkip.models import (
    Edition,
    EditionFile,
    ExternalStatistic,
    Indicator,
    IndicatorTarget,
    Objective,
    ReviewAnswer,
    StaffMember,
    Unit,
)
from lkip.report.model import plain
from lkip.report.walk import every_run, loose_digits
from lkip.services import budget, plan
from lkip.services import consistency as reasons
from lkip.services import editions as service
from lkip.tasks import order_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(user_with):
    return user_with("APIP_REVIEWER")


@pytest.fixture
def head(user_with):
    return user_with("AGENCY_HEAD")


@pytest.fixture
def ready(small_year, planner, reviewer):
    """A year whose warnings have reasons, with an edition whose checklist is answered."""
    explain(planner, small_year)
    edition = service.start(planner, year=small_year)
    for key, _ in checklist.items():
        service.answer(reviewer, edition=edition, item=key, answer="YES")
    return edition


def explain(planner, year):
    for each in consistency.judge(compute(year)):
        if each.blocks:
            reasons.accept(
                planner, year=year, rule=each.found.rule, subject=each.found.subject, reason="Sudah ditelaah."
            )


def through(edition, reviewer, head, planner):
    """Reviewed, approved, published."""
    edition = service.review(reviewer, edition=edition, version=edition.version)
    edition = service.approve(head, edition=edition, version=edition.version)
    return service.publish(planner, edition=edition, version=edition.version)


def change_statistic(planner, code, year, value):
    plan.record_statistic(
        planner, indicator=Indicator.objects.get(code=code), year=year, value=Decimal(value), source="BPS"
    )


# --- who may do what ---


def test_only_the_planner_starts_and_only_once(small_year, planner, reviewer, head):
    for actor in (reviewer, head):
        with pytest.raises(NotAllowed):
            service.start(actor, year=small_year)
    edition = service.start(planner, year=small_year)
    assert (edition.number, edition.state) == (1, EditionState.DRAFT)
    with pytest.raises(Refused, match="belum terbit"):
        service.start(planner, year=small_year)
    assert Edition.objects.count() == 1


def test_the_database_holds_one_open_edition_a_year(small_year, planner):
    service.start(planner, year=small_year)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(year=small_year, number=2, reason="x", slug="lain")


def test_the_checklist_is_the_reviewers(small_year, planner, reviewer, head):
    edition = service.start(planner, year=small_year)
    for actor in (planner, head):
        with pytest.raises(NotAllowed):
            service.answer(actor, edition=edition, item="parts", answer="YES")
    with pytest.raises(Refused, match="yang kurang"):
        service.answer(reviewer, edition=edition, item="parts", answer="NO")
    with pytest.raises(Refused, match="tidak ada"):
        service.answer(reviewer, edition=edition, item="lain", answer="YES")
    assert not ReviewAnswer.objects.exists()


def test_an_open_or_negative_item_blocks_the_review(small_year, planner, reviewer):
    edition = service.start(planner, year=small_year)
    with pytest.raises(Refused, match="Belum dijawab"):
        service.review(reviewer, edition=edition, version=edition.version)
    for key, _ in checklist.items():
        service.answer(reviewer, edition=edition, item=key, answer="YES")
    service.answer(reviewer, edition=edition, item="signed", answer="NO", note="Belum ada lembarnya.")
    with pytest.raises(Refused, match="Dijawab “Tidak”"):
        service.review(reviewer, edition=edition, version=edition.version)
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT


def test_the_steps_belong_to_their_roles(ready, planner, reviewer, head):
    for actor in (planner, head):
        with pytest.raises(NotAllowed):
            service.review(actor, edition=ready, version=ready.version)
    reviewed = service.review(reviewer, edition=ready, version=ready.version)
    for actor in (planner, reviewer):
        with pytest.raises(NotAllowed):
            service.approve(actor, edition=reviewed, version=reviewed.version)
    approved = service.approve(head, edition=reviewed, version=reviewed.version)
    with pytest.raises(NotAllowed):
        service.publish(reviewer, edition=approved, version=approved.version)
    with pytest.raises(StaleRecord):
        service.publish(planner, edition=approved, version=approved.version - 1)
    assert not EditionFile.objects.exists()
    approved.refresh_from_db()
    assert approved.state == EditionState.APPROVED


def test_open_findings_block_approval(small_year, planner, reviewer, head):
    edition = service.start(planner, year=small_year)
    for key, _ in checklist.items():
        service.answer(reviewer, edition=edition, item=key, answer="YES")
    edition = service.review(reviewer, edition=edition, version=edition.version)
    assert publishing.obstacles(small_year)
    with pytest.raises(Refused, match="Belum bisa disetujui"):
        service.approve(head, edition=edition, version=edition.version)
    explain(planner, small_year)
    assert service.approve(head, edition=edition, version=edition.version).state == EditionState.APPROVED


def test_what_changed_since_the_review_is_not_approved_unseen(ready, planner, reviewer, head, small_year):
    reviewed = service.review(reviewer, edition=ready, version=ready.version)
    change_statistic(planner, "made", small_year, 31)
    explain(planner, small_year)
    with pytest.raises(Refused, match="berubah sejak direviu"):
        service.approve(head, edition=reviewed, version=reviewed.version)
    back = service.return_(reviewer, edition=reviewed, version=reviewed.version, comment="Isi berubah.")
    assert (back.state, back.checked_fingerprint) == (EditionState.DRAFT, "")


# --- frozen ---


def test_a_published_edition_stays_as_it_was(ready, planner, reviewer, head, small_year):
    edition = through(ready, reviewer, head, planner)
    assert edition.state == EditionState.PUBLISHED
    kept = {row.format: files.read_file(row.file) for row in edition.files.all()}
    assert set(kept) == {"pdf", "docx", "xlsx", "json"}
    for row in edition.files.all():
        assert hashlib.sha256(kept[row.format]).hexdigest() == row.sha256
    assert editions.today(edition) == []
    frozen = json.dumps(edition.content, sort_keys=True)

    change_statistic(planner, "made", small_year, 33)
    line = Nomenclature.objects.get(key="p.k.1")
    budget.save_line(planner, nomenclature=line, ceiling=1000, realised=950)

    edition = Edition.objects.get(pk=edition.pk)
    assert json.dumps(edition.content, sort_keys=True) == frozen
    assert {row.format: files.read_file(row.file) for row in edition.files.all()} == kept
    assert publishing.render_all(edition.content, publishing.stamp_of(edition)) == kept
    assert editions.intact(edition)
    touched = {row.code for row in editions.today(edition)}
    assert {"made", "rate", "growth", "gap", "efficiency_rate", "budget_p.k.1", "budget_total"} <= touched
    assert touched.isdisjoint({"base", "score", "budget_ceiling", "budget_p.k.2"})


def test_the_reviewers_statement_names_who_reviewed_and_when(ready, planner, reviewer, head, small_year):
    edition = through(ready, reviewer, head, planner)
    document = report.from_json(edition.content["document"])
    chapter = next(each for each in document.chapters if each.key == "reviu")
    told = {
        label: plain(runs) for block in chapter.blocks if block.kind == "pairs" for label, runs in block.rows
    }
    assert told["Pereviu"] == str(reviewer)
    assert told["Tanggal reviu"] == formats.date_long(clock.today())
    assert plain(chapter.blocks[-1].name) == str(reviewer)
    pages = PdfReader(BytesIO(files.read_file(edition.files.get(format="pdf").file))).pages
    page = next(text for text in (each.extract_text() for each in pages) if "Kami telah mereviu" in text)
    assert str(reviewer) in page
    assert formats.date_long(clock.today()) in page


def test_records_that_change_places_are_seen_though_the_number_is_the_same():
    salt = b"s" * 32
    before = {"a": {freezing._hash(salt, "m", n) for n in (1, 2, 3)}}
    after = {"a": {freezing._hash(salt, "m", n) for n in (2, 3, 4)}}
    row = dict.fromkeys(freezing.WORDS) | {
        "code": "a",
        "label": "A",
        "value": "3/1",
        "value_display": "3 orang",
    }
    (found,) = freezing.differences([row], [row], before, after)
    assert (found.removed, found.added, found.same_value) == (1, 1, True)
    assert freezing.differences([row], [row], before, before) == []


def test_a_difference_says_what_changed_from_what_to_what():
    row = dict.fromkeys(freezing.WORDS) | {"code": "a", "label": "Kartu", "records_count": 1765}
    was = row | {"value": "1765/1", "value_display": "1.765", "target": "80/1", "category": "BB"}
    now = was | {"value": "1815/1", "value_display": "1.815", "target": "165/2", "category": None}
    (found,) = freezing.differences([was], [now | {"records_count": 1815}])
    assert found.what == (
        "nilai; target dari 80 menjadi 82,50; predikat dari “BB” menjadi tidak ada; "
        "rekaman dari 1.765 menjadi 1.815"
    )
    (found,) = freezing.differences([was], [was | {"value": "17651/10"}])
    assert found.what == "nilai sebelum pembulatan"
    assert [each.what for each in freezing.differences([], [was])] == ["angka baru"]
    assert [each.what for each in freezing.differences([was], [])] == ["tidak dihitung lagi"]


def test_an_efficiency_says_which_of_its_two_sides_moved():
    row = dict.fromkeys(freezing.WORDS) | {"code": "e", "label": "Efisiensi: A", "level": "EFFICIENCY"}
    was = row | {"value_display": "belum tersedia", "denominator": "90/1"}
    (found,) = freezing.differences([was], [was | {"denominator": "88/1"}])
    assert found.what == "serapan dari 90,00 menjadi 88,00 persen"
    (found,) = freezing.differences([was], [was | {"numerator": "299/3"}])
    assert found.what == "capaian dari tidak ada menjadi 99,67 persen"
    (found,) = freezing.differences([was], [was | {"denominator": "900001/10000"}])
    assert found.what == "serapan sebelum pembulatan"
    was = row | {"level": "BUDGET", "value_display": "90,00 %", "numerator": "900/1"}
    (found,) = freezing.differences([was], [was | {"numerator": "880/1"}])
    assert found.what.replace("\u00a0", " ") == "realisasi dari Rp 900 menjadi Rp 880"


def test_the_row_of_a_difference_shows_the_figure_and_tells_its_side_by_name():
    def printed(value, money, aim):
        facets = {
            "nilai": {"value": "1/1", "text": value, "unit": "persen"},
            "realisasi": {"value": "1/1", "text": f"Rp\u00a0{money}", "unit": "rupiah"},
            "serapan": {"value": "1/1", "text": aim, "unit": "persen"},
            "tw1": {"value": "1/1", "text": "4"},
        }
        entry = {"code": "rate", "year": 2031, "label": "Persentase", "facets": facets}
        return {"year": 2031, "figures": {"rate@2031": entry}}

    was, now = printed("89,64", "450.000.000", "90,00"), printed("89,64", "440.000.000", "88,00")
    (found,) = freezing.printed_differences(was, now, set())
    assert (found.before, found.after) == ("89,64\u00a0persen", "89,64\u00a0persen")
    assert found.what.replace("\u00a0", " ") == (
        "realisasi anggaran dari Rp 450.000.000 menjadi Rp 440.000.000; "
        "serapan anggaran dari 90,00 menjadi 88,00 persen"
    )
    (found,) = freezing.printed_differences(was, printed("89,64", "450.000.000", "belum tersedia"), set())
    assert found.what == "serapan anggaran dari 90,00 persen menjadi belum tersedia"
    (found,) = freezing.printed_differences(was, printed("88,00", "450.000.000", "90,00"), set())
    assert (found.after, found.what) == ("88,00\u00a0persen", "nilai")
    now["figures"]["rate@2031"]["facets"]["tw1"] = {"value": "1/1", "text": "5"}
    assert freezing.printed_differences(was, now, set())[0].what.endswith("; triwulan 1 dari 4 menjadi 5")


def test_other_salts_give_other_hashes():
    assert freezing._hash(b"a" * 32, "m", 1) != freezing._hash(b"b" * 32, "m", 1)


def test_a_restatement_replaces_and_says_what_differs(ready, planner, reviewer, head, small_year):
    first = through(ready, reviewer, head, planner)
    with pytest.raises(Refused, match="alasan"):
        service.start(planner, year=small_year)
    change_statistic(planner, "made", small_year, 36)
    second = service.start(planner, year=small_year, reason="Angka BPS diperbaiki.")
    assert second.previous == first
    explain(planner, small_year)
    for key, _ in checklist.items():
        service.answer(reviewer, edition=second, item=key, answer="YES")
    second = through(second, reviewer, head, planner)
    first.refresh_from_db()
    assert (first.state, second.state) == (EditionState.RESTATED, EditionState.PUBLISHED)
    rows = {row.code: (row.before, row.after) for row in editions.against_previous(second)}
    assert rows["made"] == ("30\u00a0orang", "36\u00a0orang")
    assert rows["rate"] == ("75,00\u00a0%", "90,00\u00a0%")
    assert "base" not in rows
    assert editions.against_previous(first) == []


def test_a_restatement_prints_its_reason_and_what_differs(ready, planner, reviewer, head, small_year):
    first = through(ready, reviewer, head, planner)
    assert "lampiran.e" not in {each["key"] for each in first.content["document"]["chapters"]}
    change_statistic(planner, "made", small_year, 36)
    budget.save_line(planner, nomenclature=Nomenclature.objects.get(key="p.k.1"), ceiling=1000, realised=880)
    second = service.start(planner, year=small_year, reason="Angka BPS diperbaiki.")
    explain(planner, small_year)
    for key, _ in checklist.items():
        service.answer(reviewer, edition=second, item=key, answer="YES")
    second = through(second, reviewer, head, planner)
    kept = {row.format: files.read_file(row.file) for row in second.files.all()}
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(kept["pdf"])).pages)
    words = " ".join(printed.split())
    assert "Alasannya: Angka BPS diperbaiki." in words
    assert "Perubahan dari edisi sebelumnya" in words
    assert fonts.REPLACEMENT not in words
    told = {run.text for _, run in every_run(report.from_json(second.content["document"]))}
    assert [each for each in told if fonts.REPLACEMENT in fonts.printable(each)] == []
    book = load_workbook(BytesIO(kept["xlsx"]))
    (sheet,) = [
        each for each in book if any(cell.value == "Edisi sebelumnya" for row in each for cell in row)
    ]
    rows = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet if row[0].value}
    differing = editions.against_previous(second)
    labels = {each.code: each.label for each in differing}
    assert [str(value).replace("\xa0", " ") for value in rows[labels["made"]]] == ["30 orang", "36 orang"]
    assert {each.label for each in differing} <= set(rows)
    assert loose_digits(report.from_json(second.content["document"])) == []


def test_numbers_that_only_a_table_prints_are_among_what_would_differ(
    ready, planner, reviewer, head, small_year
):
    first = through(ready, reviewer, head, planner)
    known = {row["code"] for row in first.content["figures"]}
    StaffMember.objects.create(
        name="Uji", unit=Unit.objects.create(key="u", name="Unit"), post="Staf", post_class="STAFF",
        employment="PNS", started_on=date(small_year, 1, 1),
    )  # fmt: skip
    found = [each for each in editions.today(first) if each.code not in known]
    assert any(each.before != each.after for each in found)
    assert Edition.objects.get(pk=first.pk).content == first.content


def test_the_code_on_the_paper_opens_from_anywhere(ready, planner, reviewer, head, settings):
    settings.SITE_URL = "https://disnaker.contoh.example"
    edition = through(ready, reviewer, head, planner)
    address = f"https://disnaker.contoh.example{publishing.public_path(edition)}"
    assert publishing.stamp_of(edition).address == address
    kept = {row.format: files.read_file(row.file) for row in edition.files.all()}
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(kept["pdf"])).pages)
    assert address in printed.replace("\n", "")
    settings.SITE_URL = "https://moved.example"
    assert publishing.render_all(edition.content, publishing.stamp_of(edition)) == kept


def test_an_edition_of_the_first_hours_of_a_day_is_of_that_day(ready, planner, reviewer, head):
    """Midnight of the office is afternoon elsewhere: the day printed is the office's."""
    with clock.frozen(datetime(2026, 2, 1, 0, 30, tzinfo=clock.ZONE)):
        edition = through(ready, reviewer, head, planner)
        assert publishing.stamp_of(edition).day == date(2026, 2, 1)
        kept = {row.format: files.read_file(row.file) for row in edition.files.all()}
    edition = Edition.objects.get(pk=edition.pk)
    assert publishing.stamp_of(edition).day == date(2026, 2, 1)
    assert publishing.render_all(edition.content, publishing.stamp_of(edition)) == kept


def test_editions_of_before_keep_the_code_that_they_have(ready, planner, reviewer, head):
    edition = through(ready, reviewer, head, planner)
    Edition.objects.filter(pk=edition.pk).update(address="")
    migration = import_module("lkip.migrations.0003_edition_address")
    migration.keep_what_was_printed(apps, None)
    assert Edition.objects.get(pk=edition.pk).address == publishing.public_path(edition)


def test_an_edition_that_is_refused_leaves_no_file(ready, planner, reviewer, head, small_year):
    reviewed = service.review(reviewer, edition=ready, version=ready.version)
    approved = service.approve(head, edition=reviewed, version=reviewed.version)
    change_statistic(planner, "made", small_year, 37)
    with pytest.raises(Refused, match="berubah sejak direviu"):
        service.publish(planner, edition=approved, version=approved.version)
    assert not EditionFile.objects.exists()
    assert Edition.objects.get(pk=approved.pk).content is None


def test_a_dropped_draft_makes_room(small_year, planner):
    first = service.start(planner, year=small_year)
    service.drop(planner, edition=first, version=first.version, comment="Salah tahun.")
    assert service.start(planner, year=small_year).number == 2


# --- pages ---


def test_pages_take_an_edition_to_the_public(ready, client_as, reviewer, head, planner, small_year, client):
    page = reverse("lkip:edition", args=[ready.uid])
    public = reverse("lkip:public_edition", args=[ready.slug])
    assert client.get(public).status_code == 404
    for user, step in ((reviewer, "review"), (head, "approve")):
        ready.refresh_from_db()
        sent = client_as(user=user).post(page, {"langkah": step, "version": ready.version})
        assert sent.status_code == 302, sent.content.decode()
    ready.refresh_from_db()
    with transaction.atomic():
        job = order_publication(planner, edition=ready, version=ready.version)
        assert order_publication(planner, edition=ready, version=ready.version) == job
    from core.jobs import run

    run(job.pk)
    shown = client.get(public)
    assert shown.status_code == 200
    assert "90" not in shown.context["edition"].reason
    for name in ("pdf", "docx", "xlsx", "json"):
        answer = client.get(reverse("lkip:public_file", args=[ready.slug, name]))
        data = b"".join(answer.streaming_content)
        assert hashlib.sha256(data).hexdigest() == EditionFile.objects.get(format=name).sha256
    data = json.loads(client.get(reverse("lkip:public_data", args=[ready.slug, "json"])).content)
    assert {row["code"] for row in data["figures"]} == {figure.code for figure in compute(small_year).all()}
    listed = client.get(reverse("lkip_api:edition_figures", args=[small_year])).json()
    rate = next(row for row in listed["figures"] if row["code"] == "rate")
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("75", "30", "40")
    assert client.get(reverse("lkip_api:edition_figures", args=[1999])).status_code == 404
    assert client_as("PLANNER").get(page).status_code == 200


def test_no_page_and_no_file_hides_an_interim_number(small_year, client_as, reviewer, head, planner, client):
    indicator = plan.save_indicator(
        planner, code="ikm", name="Indeks Kepuasan Masyarakat", level=Level.IKU, unit="nilai", decimals=2,
        formula=Formula.INTERIM, direction="UP", waits_for="Register survei", objective=Objective.objects.get(),
    )  # fmt: skip
    plan.record_statistic(
        planner,
        indicator=indicator,
        year=small_year,
        value=Decimal(80),
        source="Survei",
        waits_for="Register survei",
    )
    plan.set_target(planner, indicator=indicator, year=small_year, document="PK", value=Decimal(80))
    explain(planner, small_year)
    edition = service.start(planner, year=small_year)
    for key, _ in checklist.items():
        service.answer(reviewer, edition=edition, item=key, answer="YES")
    published = through(edition, reviewer, head, planner)
    inside = client_as("PLANNER")
    for page in (
        client.get(reverse("lkip:public_edition", args=[published.slug])),
        inside.get(reverse("lkip:year", args=[small_year])),
        inside.get(reverse("lkip:figure", args=[small_year, "ikm"])),
        inside.get(reverse("lkip:quarter", args=[small_year, 4])),
        inside.get(reverse("lkip:compare"), {"tahun": [small_year]}),
        inside.get(reverse("lkip:paper", args=[small_year])),
    ):
        assert "masukan sementara" in page.content.decode().lower(), page.request["PATH_INFO"]
    data = json.loads(client.get(reverse("lkip:public_data", args=[published.slug, "json"])).content)
    marks = {row["code"]: row["interim"] for row in data["figures"]}
    assert marks["ikm"] == marks["mean_capaian"] == "Register survei"
    listed = client.get(reverse("lkip_api:edition_figures", args=[small_year])).json()
    assert next(row for row in listed["figures"] if row["code"] == "ikm")["interim"] == "Register survei"


def test_the_demos_banner_stands_on_an_edition_too(ready, client_as, settings):
    settings.DEMO_MODE = True
    page = client_as("PLANNER").get(reverse("lkip:edition", args=[ready.uid]))
    assert "tanggal sistem" in page.content.decode()


def test_only_who_may_publish_what_is_seen_asks_for_it(ready, client_as, planner, reviewer, head):
    page = reverse("lkip:edition", args=[ready.uid])
    draft = client_as(user=planner).post(page, {"langkah": "publish", "version": ready.version})
    assert draft.status_code == 422
    approved = service.approve(
        head,
        edition=service.review(reviewer, edition=ready, version=ready.version),
        version=ready.version + 1,
    )
    for user in (client_as("MEDIATOR"), client_as("SECTION_HEAD"), client_as(user=reviewer)):
        assert user.post(page, {"langkah": "publish", "version": approved.version}).status_code == 403
    stale = client_as(user=planner).post(page, {"langkah": "publish", "version": approved.version - 1})
    assert stale.status_code == 409
    assert not Job.objects.filter(kind="lkip.publish").exists()
    assert (
        client_as(user=planner).post(page, {"langkah": "publish", "version": approved.version}).status_code
        == 302
    )
    job = Job.objects.get(kind="lkip.publish")
    assert (job.actor, job.payload["actor"]) == (planner, planner.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, attempts=3, finished_at=clock.now())
    assert (
        client_as(user=planner).post(page, {"langkah": "publish", "version": approved.version}).status_code
        == 302
    )
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_foreign_reports_are_linked_for_who_may_check_them(small_year, client_as):
    year, check = reverse("lkip:year", args=[small_year]), reverse("lkip:check")
    assert f'href="{check}"' in client_as("PLANNER").get(year).content.decode()
    assert f'href="{check}"' not in client_as("MEDIATOR").get(year).content.decode()


@pytest.mark.parametrize("role", ["JOBSEEKER", "COMPANY_OPERATOR", "BKK_OPERATOR"])
def test_outsiders_reach_no_draft(ready, client_as, role):
    client = client_as(role)
    assert client.get(reverse("lkip:edition", args=[ready.uid])).status_code == 403
    sent = client.post(reverse("lkip:review", args=[ready.uid]), {"jawab-parts": "NO", "catatan-parts": "x"})
    assert sent.status_code == 403
    assert ReviewAnswer.objects.get(item="parts").answer == "YES"


def test_a_refused_answer_stays_in_the_form_beside_its_cause(ready, client_as, reviewer):
    client = client_as(user=reviewer)
    sent = client.post(
        reverse("lkip:review", args=[ready.uid]),
        {"jawab-parts": "NO", "catatan-parts": " ", "jawab-signed": "YES", "catatan-signed": "lihat akhir"},
    )
    page = sent.content.decode()
    assert sent.status_code == 422
    assert re.search(r'id="j-parts-NO"[^>]*value="NO" checked', page)
    assert 'id="e-parts"' in page
    assert "Tulis apa yang kurang" in page
    assert ReviewAnswer.objects.get(item="parts").answer == "YES"
    assert ReviewAnswer.objects.get(item="signed").note == "lihat akhir"
    page = client.get(reverse("lkip:edition", args=[ready.uid])).content.decode()
    assert re.search(r'id="j-parts-YES"[^>]*value="YES" checked', page)


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("SECTION_HEAD", ("review", "return_", "approve", "publish", "restate", "drop")),
        ("PLANNER", ("review", "return_", "approve")),
        ("APIP_REVIEWER", ("approve", "publish", "restate", "drop")),
        ("AGENCY_HEAD", ("review", "drop")),
    ],
)
def test_a_step_of_another_role_is_forbidden_whatever_the_state(ready, client_as, role, steps):
    client, page = client_as(role), reverse("lkip:edition", args=[ready.uid])
    for step in steps:
        sent = client.post(page, {"langkah": step, "version": ready.version, "comment": "x"})
        assert sent.status_code == 403, step
        assert "Anda tidak berwenang untuk" in sent.content.decode()
    assert client.get(page).status_code == 200
    before = ready.version
    ready.refresh_from_db()
    assert (ready.state, ready.version) == (EditionState.DRAFT, before)


def test_the_service_asks_the_role_before_it_tells_the_state(small_year, planner, head):
    edition = service.start(planner, year=small_year)
    assert service.open_items(edition)
    assert publishing.obstacles(small_year)
    with pytest.raises(NotAllowed):
        service.review(head, edition=edition, version=edition.version)
    with pytest.raises(NotAllowed):
        service.approve(planner, edition=edition, version=edition.version)


def test_what_was_missing_goes_when_the_answer_becomes_yes(small_year, planner, reviewer, client_as):
    edition = service.start(planner, year=small_year)
    said = {"edition": edition, "item": "parts"}
    service.answer(reviewer, **said, answer="NO", note="Lampiran kurang.")
    assert service.answer(reviewer, **said, answer="YES", note="Lampiran kurang.").note == ""
    service.answer(reviewer, **said, answer="NOT_APPLICABLE", note="Tidak ada.")
    kept = service.answer(reviewer, **said, answer="YES", note="Sudah lengkap sejak Maret.")
    assert kept.note == "Sudah lengkap sejak Maret."
    page = client_as("PLANNER").get(reverse("lkip:edition", args=[edition.uid])).content.decode()
    assert "<b>Ya</b>. Keterangan: Sudah lengkap sejak Maret." in page


def test_a_second_review_asks_everything_again(ready, client_as, reviewer):
    first = service.answer(reviewer, edition=ready, item="parts", answer="YES", note="Lihat Bab I.")
    reviewed = service.review(reviewer, edition=ready, version=ready.version)
    back = service.return_(reviewer, edition=reviewed, version=reviewed.version, comment="Isi berubah.")
    client, page = client_as(user=reviewer), reverse("lkip:edition", args=[back.uid])
    text = client.get(page).content.decode()
    assert " checked" not in text
    assert "Jawaban sebelumnya: Ya (Lihat Bab I.)" in text
    assert 'value="Lihat Bab I."' not in text
    with pytest.raises(Refused, match="Belum dijawab lagi sejak dikembalikan"):
        service.review(reviewer, edition=back, version=back.version)
    sent = client.post(reverse("lkip:review", args=[back.uid]), {"jawab-parts": "YES"})
    assert sent.status_code == 302
    text = client.get(page).content.decode()
    assert len(re.findall(r"<input[^>]* checked", text)) == 1
    assert "Lihat Bab I." not in text
    assert ReviewAnswer.objects.get(item="parts").version == first.version + 1
    for key, _ in checklist.items():
        service.answer(reviewer, edition=back, item=key, answer="YES")
    back.refresh_from_db()
    assert service.review(reviewer, edition=back, version=back.version).state == EditionState.REVIEWED


def test_a_note_without_an_answer_is_told(ready, client_as, reviewer, small_year):
    sent = client_as(user=reviewer).post(
        reverse("lkip:review", args=[ready.uid]), {"catatan-parts": "Lampiran hilang."}
    )
    assert sent.status_code == 422
    assert "catatan saja tidak disimpan" in sent.content.decode()
    assert 'value="Lampiran hilang."' in sent.content.decode()


def test_measured_figures_keep_the_hashes_of_their_records(small_year, planner):
    plan.save_indicator(
        planner,
        code="cards",
        name="Kartu",
        level=Level.SUPPORT,
        unit="kartu",
        formula=Formula.MEASURE,
        measure="jobseekers.ak1_cards",
    )
    hashes = freezing.record_hashes(compute(small_year), b"s" * 32)
    assert hashes == {"cards": []}
    assert AK1Card.objects.count() == 0
    assert ExternalStatistic.objects.exists()
    assert IndicatorTarget.objects.exists()
