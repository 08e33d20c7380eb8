"""The applicant's page of the pas foto: take or send it, then see what was found and how it will look on the card."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.files import open_file, read_file
from core.images import UnfitFile, Verdict, look_at
from core.models.agency import AgencyProfile
from core.models.files import StoredFile
from core.pages import FormView
from jobseekers import forms, parts
from jobseekers.enums import EDITABLE_APPLICATION, ApplicationState
from jobseekers.models import AK1Card, JobSeeker
from jobseekers.services import people, photos
from jobseekers.services.applications import CLOSED
from jobseekers.views.own import own_application

GROUNDS = {"red": "merah", "blue": "biru"}


def wanted_ground() -> str:
    """The colour of the ground that the office asks for, in a word; "" when it is free."""
    return GROUNDS.get(AgencyProfile.current().policy("ak1_photo_background"), "")


def photo_rules() -> list[str]:
    """The office's rules of a pas foto, in words."""
    ground = wanted_ground()
    return [
        "Wajah menghadap depan, dari kepala sampai dada.",
        "Tanpa kacamata hitam dan topi. Kerudung boleh.",
        f"Latar polos berwarna {ground}." if ground else "Latar polos, warnanya bebas.",
        "Pakaian berkerah.",
    ]


def found_on(stored: StoredFile | None) -> Verdict | None:
    """What is measured on the kept photo; None when there is none or its file can't be read any more."""
    if stored is None:
        return None
    try:
        return look_at(read_file(stored))
    except (FileNotFoundError, UnfitFile):
        return None


TURN = "Lihat sendiri di gambar. Bila miring, tekan Ambil ulang, pilih fotonya, lalu Putar di contoh kartu."


def checks_of(verdict: Verdict | None) -> list[dict]:
    """The check list beside the photo. The ground is advice only: an officer decides."""
    if verdict is None:
        return []
    wanted = AgencyProfile.current().policy("ak1_photo_background")
    rows = [
        {"ok": True, "text": "Ukuran cukup, dipotong 3×4"},
        {"ok": False, "text": "Wajahnya tegak?", "more": TURN},
        {"ok": True, "text": "Terang dan tidak buram"},
    ]
    if wanted in GROUNDS:
        fits = verdict.ground == wanted
        advice = "" if fits else "Boleh dikirim. Petugas yang memutuskan, dan bisa meminta foto ulang."
        word = f"Latar {GROUNDS[wanted]}" if fits else f"Latar belum tampak {GROUNDS[wanted]}"
        rows.append({"ok": fits, "text": word, "more": advice})
    return rows


class PhotoPage(FormView):
    """Upload or camera before there is a photo; afterwards the photo with its checks, the card's look, and a retake."""

    template_name = "jobseekers/photo.html"
    form_class = forms.PhotoForm
    success_message = "Foto tersimpan, sudah dipotong 3×4. Periksa apakah wajahnya tegak."
    submit_label = "Unggah dan periksa"
    editing = True

    def dispatch(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        """Find the own application; one that is sent or decided takes no other photo."""
        self.application = own_application(request, uid)
        if self.application.state not in EDITABLE_APPLICATION:
            messages.error(request, CLOSED[ApplicationState(self.application.state)])
            return redirect("jobseekers:my_application", uid=uid)
        known = self.application.jobseeker.photo_id is not None
        self.page_title = "Periksa pas foto Anda" if known else "Pas foto Anda"
        return super().dispatch(request, uid=uid)

    def allowed(self) -> bool:
        """`dispatch` found the reader's own application."""
        return True

    def get_record(self) -> JobSeeker:
        """The person on the photo."""
        return self.application.jobseeker

    def form_kwargs(self, record: JobSeeker) -> dict:
        """The person."""
        return {"person": record}

    def perform(self, form, record: JobSeeker, version: int) -> JobSeeker:
        """Keep the new photo and drop the one before."""
        upload, before = form.cleaned_data["photo"], record.photo
        if upload is None:
            return record
        with photos.kept_photo(upload, actor=self.request.user) as stored:
            saved = people.update_person(
                record, actor=self.request.user, version=version, label="Pas foto diisi",
                part=parts.PHOTO.slug, photo=stored,
            )  # fmt: skip
        photos.drop_photo(before)
        return saved

    def extra_context(self, record: JobSeeker) -> dict:
        """The public shell, the checks of the kept photo, the rules."""
        return {
            "shell_template": "core/public.html",
            "application": self.application,
            "person": record,
            "checks": checks_of(found_on(record.photo)),
            "rules": photo_rules(),
        }

    def back_url(self, record: JobSeeker) -> str:
        """The task list."""
        return reverse("jobseekers:my_application", args=[self.application.uid])

    def success_url(self, record: JobSeeker) -> str:
        """This page again: it shows what became of the photo."""
        return self.request.path


@require_safe
def card_photo(request: HttpRequest, uid: UUID) -> FileResponse:
    """The holder's own photo under the address of the own card, so that a phone may keep both together."""
    card = (
        AK1Card.objects.filter(uid=uid, jobseeker__user=request.user)
        .select_related("jobseeker__photo")
        .first()
    )
    if card is None or card.jobseeker.photo is None:
        raise Http404("Foto tidak ditemukan.")
    try:
        handle = open_file(card.jobseeker.photo)
    except FileNotFoundError:
        raise Http404("Foto tidak ditemukan.") from None
    return FileResponse(
        handle,
        content_type="image/jpeg",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
