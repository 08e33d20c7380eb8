"""The register of printed cards."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.tables import Chip, Column, Filter, Table
from jobseekers.enums import CardState
from jobseekers.exports.columns import card_number_column, card_state_column, moment_column, name_column
from jobseekers.models import CardPrint
from jobseekers.permissions import can_read_cards


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
    empty_text = "Kartu yang dicetak petugas tercatat di sini."
    columns = [
        card_number_column("card__number"),
        name_column("card__jobseeker__full_name"),
        Column(
            "copy_no",
            "Cetakan ke-",
            kind="int",
            sort="copy_no",
            width=12,
            explain="1 berarti cetakan pertama; lebih dari 1 berarti cetak ulang.",
        ),
        moment_column("printed_at", "Dicetak"),
        Column("printed_by", "Petugas", value="printed_by__full_name", width=28),
        Column("batch", "Cetak bersama", value="batch__day", kind="date", width=18, listed=False),
        Column("issued_on", "Terbit", value="card__issued_on", kind="date", width=14, listed=False),
        card_state_column("card__state", "Keadaan kartu"),
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
