"""What the public check says of a card: masked name, number, status, validity, and nothing else."""

import re
from dataclasses import dataclass

from accounts.limits import HOUR, MINUTE, client_ip, count, network_of
from core import clock
from core.personal import mask_name
from jobseekers import cardcode
from jobseekers.models import AK1Card
from jobseekers.services import code_keys

BURST, STEADY = 20, 120
"""Checks of one network in a minute and in an hour."""
LONGEST = 24
ASK_HOLDER = "Minta pemegang menunjukkan kartu aslinya, atau periksa dengan nomor kartu."


@dataclass(frozen=True)
class Verdict:
    """What the check says: `kind` and `tone` (ok, warn, bad); the card's public facts when it is known."""

    kind: str
    tone: str
    title: str
    text: str = ""
    card: AK1Card | None = None

    @property
    def name(self) -> str:
        """The holder's name, masked."""
        return mask_name(self.card.jobseeker.full_name) if self.card else ""

    @property
    def status(self) -> str:
        """The card's state in a word or two."""
        if self.kind in ("ok", "expired"):
            return "Berlaku" if self.kind == "ok" else "Habis masa berlaku"
        return self.card.get_state_display() if self.card else ""


UNPROVED = {
    cardcode.Damaged: Verdict(
        "damaged", "bad", "Kode tidak terbaca", f"Kode terpotong atau bukan kode kartu AK-1. {ASK_HOLDER}"
    ),
    cardcode.Altered: Verdict(
        "altered", "bad", "Isi kode sudah diubah", f"Kode memakai kunci Dinas, tetapi isinya bukan yang kami tanda "
        f"tangani. {ASK_HOLDER}",
    ),
    cardcode.Foreign: Verdict(
        "forged", "bad", "Kode ini bukan dari Dinas", f"Kode ditandatangani pihak lain. {ASK_HOLDER}"
    ),
    code_keys.RevokedKey: Verdict(
        "revoked-key", "bad", "Kode ini tidak bisa dipercaya lagi", "Kunci yang menandatanganinya sudah dicabut. "
        "Periksa dengan nomor kartu; pemegang kartu bisa mencetak ulang kartunya gratis.",
    ),
}  # fmt: skip
UNKNOWN = Verdict(
    "unknown",
    "bad",
    "Kartu tidak ditemukan",
    "Nomor ini tidak ada di daftar kartu kami. Periksa lagi angkanya.",
)
ENDED = {
    "REMOVED": (
        "revoked",
        "Kartu ini tidak berlaku lagi: dicabut",
        "Pemegangnya tidak lagi terdaftar sebagai pencari kerja.",
    ),
    "PLACED": (
        "placed",
        "Kartu ini tidak berlaku lagi: pemegang sudah bekerja",
        "Kartu berakhir saat penempatannya dicatat.",
    ),
    "REPLACED": (
        "replaced",
        "Kartu ini tidak berlaku lagi: sudah diganti",
        "Minta kartu yang baru; nomornya berbeda.",
    ),
}


def _as_typed(text: str) -> set[str]:
    """The numbers that may be meant: in groups or with marks between, as people write them, or just so.

    An office's own format may hold marks and letters of its own.
    """
    whole = "".join(text.split())
    return {number[:LONGEST] for number in (whole, whole.upper(), re.sub(r"[.\-/]", "", whole))}


def judge(text: str) -> Verdict:
    """Check a typed number or a scanned code against the office's keys and the register.

    Damaged, altered, forged and no longer trusted codes are told apart, and so are cards that are unknown, past their
    date, removed, placed or replaced.
    """
    text = text.strip()
    if text.upper().startswith(cardcode.PREFIX):
        try:
            numbers = {code_keys.check(text).number}
        except cardcode.Forged as problem:
            return UNPROVED[type(problem)]
    else:
        numbers = _as_typed(text)
    card = AK1Card.objects.filter(number__in=numbers).select_related("jobseeker").first()
    if card is None:
        return UNKNOWN
    if card.holds_on(clock.today()):
        return Verdict("ok", "ok", "Kartu ini asli dan berlaku", card=card)
    kind, title, why = ENDED.get(
        card.state,
        ("expired", "Kartu ini tidak berlaku lagi: habis masa berlaku", "Pemegangnya bisa memperpanjang."),
    )
    return Verdict(kind, "warn", title, why, card)


def count_check(request) -> None:
    """Count one check of a network, by page and API together. Raises TooManyRequests."""
    who = network_of(client_ip(request))
    count("card-check", who, limit=BURST, window=MINUTE)
    count("card-check-hour", who, limit=STEADY, window=HOUR)
