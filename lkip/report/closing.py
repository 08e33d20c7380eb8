"""Preface, executive summary, BAB IV, the page of approval, the reviewer's statement."""

import datetime as dt

from core import clock, formats
from core.workflow import timeline
from lkip import checklist, text
from lkip.enums import Answer, Direction, EfficiencyLabel, Level, Status
from lkip.models import Edition
from lkip.report import indicators, money_words, overview, sentences
from lkip.report.maker import Maker, Part, missing, place
from lkip.report.model import Items, Pairs, Paragraph, Run, Runs, Signature
from lkip.report.outline import Place
from lkip.report.runs import date, joined, label, words, year


def _signature(maker: Maker, *, code: bool = False) -> Signature:
    office = maker.agency
    under: list[Runs] = []
    if office.head_rank:
        under.append(label(office.head_rank))
    if office.head_nip:
        under.append(joined("NIP ", Run(office.head_nip, "reference")))
    post = office.head_title or f"Kepala {office.name}"
    return Signature(
        label(_town(office.region.name)), label(post), label(office.head_name), tuple(under), code
    )


def _town(name: str) -> str:
    """The place of signing: the city without the word for it."""
    return name.removeprefix("Kota ").removeprefix("Kabupaten ")


@place("pengantar")
def preface(maker: Maker, where: Place) -> Part:
    """A plain preface; the head signs it."""
    office = maker.agency
    told = [
        joined(
            "Laporan Kinerja ",
            *label(office.full_name),
            " Tahun ",
            year(maker.year),
            " disusun untuk "
            "mempertanggungjawabkan "
            "pelaksanaan tugas, pencapaian sasaran, dan penggunaan anggaran kepada Kepala Daerah dan masyarakat.",
        ),
        joined(
            "Setiap angka dalam laporan ini dihitung satu kali dari rekaman layanan, laporan realisasi "
            "anggaran, atau sumber resmi "
            "yang disebutkan. Rumus, pembilang, penyebut, dan sumbernya ada pada Lampiran B, sehingga pembaca "
            "dapat memeriksanya."
        ),
        joined(
            "Kami berterima kasih kepada semua pihak yang telah bekerja bersama dinas, dan menerima saran "
            "untuk perbaikan."
        ),
    ]
    return Part([Paragraph(each) for each in told], [_signature(maker)])


@place("ikhtisar")
def summary(maker: Maker, where: Place) -> Part:
    """What was reached, what was not, and what it cost: one page."""
    book = maker.book
    iku = maker.figures.of_level(Level.IKU)
    blocks: list = [Paragraph(sentences.summary(book, iku), "lead"), *indicators.told(maker)]
    blocks += overview.told(maker)
    if maker.figures.tree:
        blocks.append(Paragraph(money_words.spending(book, "budget_total", "Pagu seluruh dinas")))
    if maker.figures.income:
        blocks.append(Paragraph(money_words.income(book, "income")))
    changes = [
        f
        for f in iku
        if book.facet(f.code, "nilai", maker.year - 1).value is not None and f.value is not None
    ]
    blocks += [Paragraph(sentences.against_last_year(book, figure)) for figure in changes]
    return Part(blocks)


@place("bab4.simpulan")
def conclusion(maker: Maker, where: Place) -> Part:
    """The year in sentences that follow the figures."""
    book = maker.book
    iku = maker.figures.of_level(Level.IKU)
    blocks: list = [Paragraph(sentences.summary(book, iku)), *overview.told(maker)]
    reached = [f for f in iku if f.status == Status.REACHED]
    missed = [f for f in iku if f.status == Status.MISSED]
    waiting = [f for f in iku if f.status not in (Status.REACHED, Status.MISSED)]
    for title, members in (("Yang tercapai:", reached), ("Yang belum tercapai:", missed)):
        if members:
            blocks.append(Paragraph((words(title, strong=True),)))
            blocks.append(Items(tuple(_short(maker, figure) for figure in members)))
    if waiting:
        blocks.append(Paragraph((words("Yang belum dapat dinilai:", strong=True),)))
        blocks.append(Items(tuple(joined(*label(f.label), ".") for f in waiting)))
    if maker.figures.tree:
        blocks.append(Paragraph(money_words.spending(book, "budget_total", "Pagu seluruh dinas")))
    good = [each for each in maker.figures.efficiencies if each.label == EfficiencyLabel.EFFICIENT]
    if good:
        count = formats.terbilang(len(good))
        blocks.append(
            Paragraph(
                joined(
                    f"Menurut aturan pada bagian efisiensi, {count} dari "
                    f"{formats.terbilang(len(maker.figures.efficiencies))} indikator yang dipasangkan dengan "
                    f"program dicapai secara efisien."
                )
            )
        )
    return Part(blocks)


def _short(maker: Maker, figure) -> Runs:
    """An indicator with its capaian in a line."""
    code = figure.code
    told = joined(
        *label(figure.label),
        ": ",
        sentences.number(maker.book, code),
        " dari target ",
        sentences.number(maker.book, code, "target"),
    )
    if figure.capaian is not None:
        told = joined(told, ", capaian ", sentences.achieved(maker.book, code))
    if figure.direction == Direction.DOWN:
        told = joined(told, " (makin rendah makin baik)")
    return joined(told, ".")


@place("bab4.langkah")
def next_steps(maker: Maker, where: Place) -> Part:
    """What the sections said they will do."""
    blocks: list = []
    for figure in maker.figures.of_level(Level.GOAL, Level.IKU, Level.PROGRAMME):
        note = maker.notes.get(figure.indicator.pk)
        if note is not None and note.follow_up.strip():
            blocks.append(Paragraph(label(figure.label, strong=True), "small"))
            blocks += maker.read(text.with_dates(note.follow_up), where.key)
    if blocks:
        blocks.insert(0, Paragraph((words("Dinas menindaklanjuti hasil tahun ini dengan langkah berikut."),)))
    return Part(
        blocks
        or [missing("Langkah berikutnya belum ditulis: catatan triwulan IV belum memuat tindak lanjut.")]
    )


@place("pengesahan")
def approval(maker: Maker, where: Place) -> Part:
    """The page of the head's signature, with what the edition rests on."""
    office = maker.agency
    measured = sum(f.records_count is not None for f in maker.figures.figures.values())
    told = joined(
        "Laporan Kinerja ",
        *label(office.full_name),
        " Tahun ",
        year(maker.year),
        " ditetapkan "
        "sebagai laporan "
        "resmi. Isi edisi ini "
        "tidak berubah; perubahan sesudah tanggal penetapan terbit sebagai edisi baru dengan daftar "
        "perbedaannya.",
    )
    rows = [
        ("Data per", joined("akhir tahun ", year(maker.year), ", kecuali disebut lain")),
        ("Angka dari rekaman", (words(f"{formats.terbilang(measured)} indikator"),)),
        (
            "Temuan",
            (words(f"{formats.terbilang(len(maker.figures.findings))} temuan dinyatakan pada Lampiran C"),),
        ),
    ]
    return Part([Paragraph(told)], [Pairs(tuple(rows)), _signature(maker, code=True)])


@place("reviu")
def review(maker: Maker, where: Place) -> Part:
    """The reviewer's statement: who reviewed when, and the answers of this review; says so where there are none yet."""
    given, _ = checklist.answers(maker.reviewed) if maker.reviewed is not None else ({}, {})
    if not given:
        return Part(
            blocks=[
                missing(
                    "Laporan ini belum direviu APIP. Pernyataan reviu dicetak setelah daftar pemeriksaan diisi."
                )
            ]
        )
    answers = list(given.values())
    count = {answer: sum(each.answer == answer for each in answers) for answer in Answer}
    told = joined(
        "Kami telah mereviu Laporan Kinerja ",
        *label(maker.agency.full_name),
        " Tahun ",
        year(maker.year),
        " sesuai pedoman reviu laporan kinerja. Isi laporan menjadi tanggung jawab manajemen dinas.",
    )
    who, day = _reviewed_by(maker.reviewed)
    rows = [
        (answer.label, (words(f"{formats.terbilang(number)} butir"),)) for answer, number in count.items()
    ]
    rows += [("Pereviu", label(who))] if who else []
    rows += [("Tanggal reviu", (date(day),))] if day else []
    blocks: list = [Paragraph(told), Pairs(tuple(rows))]
    notes = [answer for answer in answers if answer.answer == Answer.NO]
    if notes:
        blocks.append(Paragraph((words("Catatan peninjau:", strong=True),)))
        blocks.append(Items(tuple(label(each.note) for each in notes)))
    blocks.append(Signature((), (words("Aparat Pengawasan Intern Pemerintah"),), label(who) if who else ()))
    return Part(blocks=blocks)


def _reviewed_by(edition: Edition) -> tuple[str, dt.date | None]:
    """Who declared the edition reviewed, and on which day; nobody while it still is a draft.

    One that was sent back and reviewed again has the last review.
    """
    steps = [step for step in timeline(edition) if step.transition == "review"]
    if not steps:
        return "", None
    return steps[-1].actor_name, clock.local(steps[-1].at).date()
