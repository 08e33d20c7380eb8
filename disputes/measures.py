"""The numbers that disputes contribute. Their evidence names no party: cases are confidential."""

from django.db.models import Q
from django.urls import reverse

from core.measures import Dimension, EvidenceColumn, Flow, Measure, register
from disputes.enums import DisputeKind, Outcome
from disputes.models import DisputeCase

REGISTER = "Register perselisihan hubungan industrial"

DIMENSIONS = {
    "kind": Dimension("kind", "Jenis perselisihan", lambda: dict(DisputeKind.choices)),
    "outcome": Dimension("outcome", "Hasil", lambda: dict(Outcome.choices)),
}

COLUMNS = (
    EvidenceColumn("Nomor", lambda case: case.number),
    EvidenceColumn("Jenis", lambda case: case.get_kind_display()),
    EvidenceColumn("Dicatat", lambda case: case.registered_on, "date"),
    EvidenceColumn("Selesai", lambda case: case.settled_on, "date"),
    EvidenceColumn("Hasil", lambda case: case.get_outcome_display()),
)


def _url(case: DisputeCase) -> str:
    return reverse("disputes:case_detail", args=[case.uid])


register(
    Measure(
        code="disputes.registered",
        label="Perselisihan yang dicatat",
        unit="perkara",
        definition="Perkara perselisihan hubungan industrial menurut tanggal pencatatan dalam periode.",
        register=REGISTER,
        rows=lambda: DisputeCase.objects.all(),
        when=Flow("registered_on"),
        dimensions=DIMENSIONS,
        columns=COLUMNS,
        url=_url,
    )
)
register(
    Measure(
        code="disputes.settled",
        label="Perselisihan yang diselesaikan",
        unit="perkara",
        definition=(
            "Perkara yang dicatat dalam periode dan selesai paling lambat pada hari terakhirnya: sepakat bipartit "
            "ulang, perjanjian bersama, anjuran (diterima atau ditolak), atau dicabut pemohon. Perkara sisa tahun lalu "
            "tidak dihitung. Perkara yang diteruskan ke pihak lain atau ditutup karena berkasnya tidak dilengkapi "
            "bukan perkara yang diselesaikan."
        ),
        register=REGISTER,
        rows=lambda: DisputeCase.objects.settled(),
        when=Flow("registered_on"),
        within=lambda period: Q(settled_on__lte=period.end),
        dimensions=DIMENSIONS,
        columns=COLUMNS,
        url=_url,
    )
)
