"""What participants are told, on their own pages."""

from django.urls import reverse

from messaging.services import notify
from training.models import Enrolment

_WORDS = {
    "accept": ("Anda diterima di pelatihan {cohort}", "Tunggu kabar tentang hari pertama."),
    "reject": ("Pendaftaran pelatihan {cohort} tidak diterima", "Alasan: {comment}"),
    "complete": ("Hasil pelatihan {cohort} sudah dicatat", "Hasil Anda: {result}."),
    "amend_result": ("Hasil pelatihan {cohort} dibetulkan", "Hasil Anda sekarang: {result}."),
}


def enrolment_changed(enrolment: Enrolment, step: str, *, comment: str = "") -> None:
    """Tell the participant of a decision; whoever has no account is told by the provider."""
    user = enrolment.jobseeker.user
    if user is None:
        return
    title, body = _WORDS[step]
    words = {
        "cohort": str(enrolment.cohort),
        "comment": comment.strip(),
        "result": enrolment.get_result_display().lower(),
    }
    url = reverse("training:enrolment_detail", args=[enrolment.uid])
    notify(
        user,
        title.format(**words),
        body.format(**words),
        url,
        f"enrolment:{enrolment.uid}:{enrolment.version}",
    )
