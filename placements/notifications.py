"""What reporters, the placed person and officers are told."""

from django.urls import reverse

from accounts.enums import Role
from accounts.selectors import users_with_role
from core.formats import date_long
from core.personal import mask_name
from messaging.services import notify
from placements.models import ChannelReport
from placements.permissions import REPORTING_KINDS

_WORDS = {
    "verify": ("Laporan penempatan {name} terverifikasi", "Laporan ini masuk hitungan jalur {channel}."),
    "reject": (
        "Laporan penempatan {name} ditolak",
        "Alasan: {comment} Buka laporannya untuk memperbaiki dan mengirim ulang.",
    ),
    "reopen": ("Laporan penempatan {name} diperiksa ulang", "Alasan: {comment}"),
}
_OPERATORS = (Role.BKK_OPERATOR, Role.LPK_OPERATOR, Role.P3MI_OPERATOR)


def decided(report: ChannelReport, step: str, *, actor, comment: str = "") -> None:
    """Tell who reported (all operators of the institution), and on a verification the person."""
    title, body = _WORDS[step]
    words = {
        "name": mask_name(report.placement.jobseeker.full_name),
        "channel": report.get_channel_display(),
        "comment": comment.strip(),
    }
    url = reverse("placements:report_detail", args=[report.uid])
    key = f"placement-report:{report.uid}:{report.version}"
    for user in _reporters(report):
        if user != actor:
            notify(user, title.format(**words), body.format(**words), url, key)
    person = report.placement.jobseeker.user
    if step == "verify" and person is not None and person != actor:
        started = date_long(report.placement.started_on)
        notify(
            person,
            "Penempatan kerja Anda sudah dicatat",
            f"{report.placement.employer_display}, mulai {started}. Hubungi dinas bila ini keliru.",
            "",
            f"placement:{report.placement.uid}",
        )
    if step == "reopen" and person is not None and person != actor and _ended_a_card(report):
        notify(
            person,
            "Catatan penempatan kerja Anda diperiksa ulang",
            "Kartu AK-1 yang sudah berakhir karena penempatan ini tidak hidup lagi. Bila Anda masih mencari kerja, "
            "ajukan kartu baru; gratis dan bisa segera.",
            reverse("jobseekers:my_ak1"),
            key,
        )


def _ended_a_card(report: ChannelReport) -> bool:
    """Whether the verification that was taken back had ended the person's card, with none issued since."""
    cards = report.placement.jobseeker.cards
    return cards.filter(state="PLACED").exists() and not cards.filter(state="ACTIVE").exists()


def _reporters(report: ChannelReport) -> list:
    if report.institution is not None and report.institution.kind in REPORTING_KINDS:
        return list(users_with_role(*_OPERATORS, institution=report.institution))
    return [report.reported_by] if report.reported_by is not None else []


def found_work(event) -> None:
    """Ask the pengantar kerja whether a person who left the register for work was placed through the office."""
    person = event.episode.jobseeker
    url = f"{reverse('placements:report_new')}?orang={person.uid}"
    for user in users_with_role(Role.PLACEMENT_OFFICER):
        notify(
            user,
            f"{mask_name(person.full_name)} melapor sudah bekerja",
            "Bila ia bekerja lewat salah satu jalur dinas, laporkan penempatannya.",
            url,
            f"found-work:{event.pk}",
        )
