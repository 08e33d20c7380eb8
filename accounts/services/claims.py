"""Claims on a NIK that another account answers to."""

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import ClaimState, Role
from accounts.models import NikClaim, User, UserIdentifier
from accounts.selectors import users_with_role
from accounts.services.identifiers import release_nik
from accounts.services.sign_up_links import mail_link
from core import audit
from core.personal import blind_index
from core.redaction import redact
from core.workflow import fire, opened
from messaging.services import notify, send_email

TO_HOLDER = """Halo {name},

ada orang lain yang mendaftar dengan NIK yang tercatat pada akun Anda. Petugas kami akan memeriksanya. Akun Anda tidak
berubah.

Bila itu Anda sendiri dengan e-mail lain, masuklah dengan e-mail ini, atau pakai "Lupa kata sandi".
"""
TO_CLAIMANT = """Halo {name},

NIK yang Anda isi sudah tercatat pada akun lain. Petugas kami akan memeriksanya, dan hasilnya kami kirim ke e-mail ini.

Supaya cepat: datang ke kantor dengan KTP asli.
"""
REFUSED = """Halo {name},

permintaan Anda memakai NIK yang sudah tercatat pada akun lain belum dapat kami terima.

Keterangan petugas: {comment}
"""
LOST = """Halo {name},

petugas memeriksa kartu identitas dan menetapkan bahwa NIK pada akun Anda milik orang lain. NIK itu dilepas dari akun
Anda; Anda tetap bisa masuk dengan e-mail.

Keterangan petugas: {comment}
"""


@transaction.atomic
def open_claim(*, nik: str, email: str, full_name: str, holder: User) -> NikClaim:
    """Note that somebody with a proven mailbox claims a held NIK; tell both by mail and the officers by notice.

    A second claim of the same e-mail on the same NIK is the same claim, and nobody is told again.
    """
    index = blind_index(nik)
    found = NikClaim.objects.filter(nik_index=index, email=email, state=ClaimState.OPEN).first()
    if found is not None:
        return found
    claim = NikClaim(email=email, full_name=full_name, nik_index=index, holder=holder)
    claim.nik = nik
    claim.save()
    opened(claim, actor=None, label="Klaim masuk")
    audit.record("nik_claim.opened", actor=None, obj=claim)
    send_email(
        holder.email,
        "NIK Anda dipakai orang lain untuk mendaftar",
        TO_HOLDER.format(name=holder.get_short_name()),
        key=f"nik-claim-holder:{claim.uid}",
    )
    send_email(
        email,
        "Pendaftaran Anda sedang diperiksa",
        TO_CLAIMANT.format(name=full_name),
        key=f"nik-claim-claimant:{claim.uid}",
    )
    for officer in users_with_role(Role.PLACEMENT_OFFICER):
        notify(
            officer,
            "Klaim NIK perlu diperiksa",
            "Seseorang mendaftar dengan NIK yang sudah tercatat pada akun lain.",
            reverse("accounts:claim_detail", args=[claim.uid]),
            f"nik-claim:{claim.uid}",
        )
    return claim


@transaction.atomic
def decide_claim(
    claim: NikClaim, step: str, *, actor, version: int, comment: str, request: HttpRequest | None = None
) -> NikClaim:
    """Grant or refuse a claim ("grant", "refuse"), with a reason.

    Granted: the NIK leaves the other account, and the claimant gets a fresh sign-up link. Refused: the claimant is
    told why. Raises StaleRecord, NotAllowed, WrongState, CommentRequired.
    """
    nik, comment = claim.nik, redact(comment.strip())
    decided = fire(claim, step, actor=actor, version=version, comment=comment)
    if decided.state == ClaimState.GRANTED:
        holder = UserIdentifier.objects.holder_of(nik)
        if holder is not None:
            release_nik(actor=actor, user=holder.user)
            send_email(
                holder.user.email,
                "NIK dilepas dari akun Anda",
                LOST.format(name=holder.user.get_short_name(), comment=comment),
                key=f"nik-claim-lost:{decided.uid}",
            )
        mail_link(nik=nik, email=decided.email, request=request)
    else:
        send_email(
            decided.email,
            "Hasil pemeriksaan pendaftaran Anda",
            REFUSED.format(name=decided.full_name, comment=comment),
            key=f"nik-claim-refused:{decided.uid}",
        )
    audit.record("nik_claim.decided", actor=actor, obj=decided, detail={"state": decided.state})
    return decided
