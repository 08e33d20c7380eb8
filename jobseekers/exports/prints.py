"""The register of printed cards."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.tables import Chip, Column, Filter, Table
from jobseekers.enums import CardState
from jobseekers.models import CardPrint
from jobseekers.permissions import can_read_cards


def _number(text: str) -> str:
    return f"{text[:4]} {text[4:10]} {text[10:]}" if len(text) == 16 else text


def _together(queryset: QuerySet, wanted: bool) -> QuerySet:
    return queryset.filter(batch__isnull=not wanted)


class CardPrintTable(Table):
    """Every printing of every card: which copy, when, by whom, alone or with the day's cards."""

    slug = "buku-cetak-kartu"
    title = "Buku cetak kartu"
    noun = "cetakan"
    permission = can_read_cards
    search_fields = ("card__jobseeker__full_name__icontains", "card__number__startswith")
    search_label = "Cari nama atau nomor kartu"
    default_sort = ("-printed_at", "-pk")
    empty_text = "Belum ada cetakan yang cocok. Kartu yang dicetak petugas tercatat di sini."
    columns = [
        Column("number", "Nomor", value="card__number", sort="card__number", width=20, convert=_number),
        Column(
            "name", "Nama", value="card__jobseeker__full_name", sort="card__jobseeker__full_name", width=32
        ),
        Column(
            "copy_no",
            "Cetakan ke-",
            kind="int",
            sort="copy_no",
            width=12,
            explain="1 berarti cetakan pertama; lebih dari 1 berarti cetak ulang.",
        ),
        Column("printed_at", "Dicetak", kind="datetime", sort="printed_at", width=22),
        Column("printed_by", "Petugas", value="printed_by__full_name", width=28),
        Column("batch", "Cetak bersama", value="batch__day", kind="date", width=18, listed=False),
        Column("issued_on", "Terbit", value="card__issued_on", kind="date", width=14, listed=False),
        Column(
            "state",
            "Keadaan kartu",
            value="card__state",
            kind="tag",
            choices=CardState.choices,
            colours={"EXPIRED": "grey", "REPLACED": "grey", "REMOVED": "red", "PLACED": "green"},
            width=22,
        ),
    ]
    filters = [
        Filter("dicetak", "Dicetak", field="printed_at__date", kind="date"),
        Filter("bersama", "Dicetak bersama", kind="bool", apply=_together),
        Filter("keadaan", "Keadaan kartu", field="card__state", choices=CardState.choices),
    ]
    chips = [Chip("ulang", "Cetak ulang", Q(copy_no__gt=1))]

    def queryset(self, user) -> QuerySet:
        """All printings."""
        return CardPrint.objects.visible_to(user).select_related("card__jobseeker", "printed_by", "batch")

    def row_url(self, row: CardPrint) -> str:
        """The card's page."""
        return reverse("jobseekers:card_detail", args=[row.card.uid])
