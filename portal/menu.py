"""Who finds what in the menu: built from the lists that the user may read, so it never leads to a refusal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.enums import Role
from accounts.permissions import has_role, is_staff_member
from core.models.files import DownloadFile, DownloadState
from jobseekers.models import JobSeeker
from jobseekers.permissions import can_see_recap
from lkip.permissions import can_see_report
from messaging.selectors import unread_count
from portal import places
from portal.waiting import Waiting


@dataclass(frozen=True)
class Item:
    """A line of the menu as the template draws it."""

    label: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under one heading; the first group has none."""

    label: str
    items: list[Item]


@dataclass(frozen=True)
class Place:
    """A line before anybody looks: a list (`waiting`), or a page (`url_name`) that `allowed` opens."""

    label: str
    waiting: Waiting | None = None
    counted: bool = False
    url_name: str = ""
    allowed: Callable[[Any], bool] | None = None
    count: Callable[[Any], int] | None = None

    def item(self, user: Any) -> Item | None:
        """The line for this user, or None when it is not for them or not installed."""
        if self.waiting is not None:
            if not self.waiting.open_to(user):
                return None
            number = self.waiting.count(user) if self.counted else 0
            return Item(self.label, self.waiting.url(), number)
        if self.allowed is not None and not self.allowed(user):
            return None
        try:
            url = reverse(self.url_name)
        except NoReverseMatch:
            return None
        return Item(self.label, url, self.count(user) if self.count else 0)


def downloads_ready(user: Any) -> int:
    """How many ordered exports can be fetched."""
    return DownloadFile.objects.visible_to(user).filter(state=DownloadState.READY).count()


def has_own_file(user: Any) -> bool:
    """Whether the account is a person's own."""
    return JobSeeker.objects.living().filter(user=user).exists()


HOME = Place("Beranda", url_name="portal:home")
SEEKERS = (
    "Pencari kerja",
    (
        Place("Antrean AK-1", places.APPLICATIONS_WAITING, counted=True),
        Place("Kunjungan hari ini", places.VISITS_TODAY),
        Place("Kartu AK-1", places.CARDS),
        Place("Laporan pemegang", places.HOLDER_REPORTS),
        Place("Pencari kerja", places.PEOPLE),
        Place("Klaim NIK", places.CLAIMS_WAITING, counted=True),
        Place("Rekap AK-1", url_name="jobseekers:recap", allowed=can_see_recap),
        Place("Formulir IPK", url_name="jobseekers:ipk", allowed=can_see_recap),
        Place("Laporan BKOL", url_name="jobseekers:bkol", allowed=can_see_recap),
    ),
)
PLACING = (
    "Penempatan",
    (
        Place("Laporan penempatan", places.REPORTS_WAITING, counted=True),
        Place("Kabar bekerja", places.SELF_REPORTS_WAITING, counted=True),
        Place("Penempatan", places.PLACEMENTS),
        Place("Lowongan", places.VACANCIES_WAITING, counted=True),
        Place("Perusahaan", places.COMPANIES),
        Place("Laporan perusahaan", places.COMPANY_REPORTS),
        Place("Tenaga kerja asing", places.FOREIGN_WORKERS),
    ),
)
TRAINING = (
    "Pelatihan",
    (
        Place("Angkatan", places.COHORTS),
        Place("Peserta", places.ENROLMENTS_WAITING, counted=True),
        Place("Sertifikat", places.CERTIFICATES),
        Place("Program", places.PROGRAMMES),
        Place("LPK dan BLK", places.PROVIDERS),
    ),
)
RELATIONS = (
    "Hubungan industrial",
    (
        Place("Perkara", places.CASES_OPEN, counted=True),
        Place("Tenggat", places.DEADLINES, counted=True),
    ),
)
PERFORMANCE = (
    "Kinerja",
    (
        Place("LKIP", url_name="lkip:index", allowed=can_see_report),
        Place("Kegiatan", places.ACTIVITIES),
    ),
)
RIGHTS = (
    "Data pribadi",
    (
        Place("Permintaan", places.DATA_REQUESTS, counted=True),
        Place("Kegagalan pelindungan", places.BREACHES_ALL),
    ),
)
DATA = ("Data", (Place("Unduhan", url_name="core:downloads", count=downloads_ready),))
KEEPING = (
    "Pengelolaan",
    (
        Place("Pengguna", places.USERS),
        Place("Keanggotaan", places.MEMBERSHIPS),
        Place("Lembaga", places.INSTITUTIONS),
        Place("Kebijakan", url_name="portal:settings", allowed=lambda u: has_role(u, Role.ADMINISTRATOR)),
    ),
)
STAFF_GROUPS = (SEEKERS, PLACING, TRAINING, RELATIONS, PERFORMANCE, RIGHTS, DATA, KEEPING)
FIRST_GROUP = {
    Role.TRAINING_OFFICER: TRAINING,
    Role.FAIR_OFFICER: PLACING,
    Role.MEDIATOR: RELATIONS,
    Role.SECTION_HEAD: RELATIONS,
    Role.PLANNER: PERFORMANCE,
    Role.APIP_REVIEWER: PERFORMANCE,
    Role.AGENCY_HEAD: PERFORMANCE,
    Role.ADMINISTRATOR: KEEPING,
    Role.PDP_OFFICER: RIGHTS,
}
NOTICES = Place("Kabar", url_name="messaging:notices", count=unread_count)
SEEKER_PLACES = (
    replace(HOME, label="Beranda saya"),
    Place("Kartu AK-1 saya", url_name="jobseekers:my_ak1"),
    Place("Pelatihan saya", places.ENROLMENTS),
    Place("Privasi saya", url_name="jobseekers:my_privacy", allowed=has_own_file),
    NOTICES,
)
OPERATOR_PLACES = (
    replace(HOME, label="Beranda kami"),
    Place(
        "Perusahaan kami",
        url_name="employers:own_company",
        allowed=lambda u: has_role(u, Role.COMPANY_OPERATOR),
    ),
    Place("Lowongan kami", places.VACANCIES),
    Place("Angkatan kami", places.COHORTS),
    Place("Peserta", places.ENROLMENTS),
    Place("Laporan penempatan", places.REPORTS),
    Place("Lulusan kami", places.LEAVERS),
    NOTICES,
)
PUBLIC_PLACES = (
    Place("Beranda", url_name="portal:front"),
    Place("Lowongan", url_name="employers:public_vacancies"),
    Place("Pelatihan", url_name="training:public_trainings"),
    Place("Kartu AK-1", url_name="portal:ak1"),
    Place("Data", url_name="portal:data"),
)
FOOTER = (
    (
        "Layanan",
        (
            Place("Kartu AK-1 (kartu kuning)", url_name="portal:ak1"),
            Place("Untuk perusahaan", url_name="portal:employers"),
            Place("Konsultasi hubungan kerja", url_name="portal:relations"),
            Place("Periksa keaslian kartu", url_name="jobseekers:check_card"),
        ),
    ),
    (
        "Tentang",
        (
            Place("Data dan asal angka", url_name="portal:data"),
            Place("Laporan kinerja (LKIP)", url_name="lkip:public"),
            Place("Data pribadi Anda", url_name="portal:privacy"),
            Place("Panduan pencari kerja", url_name="portal:guide_jobseeker"),
            Place("Panduan pengantar kerja", url_name="portal:guide_placement_officer"),
            Place("Panduan perencana", url_name="portal:guide_planner"),
            Place("Kemudahan akses", url_name="portal:accessibility"),
        ),
    ),
)


def _items(places_: tuple[Place, ...], user: Any) -> list[Item]:
    return [item for item in (place.item(user) for place in places_) if item is not None]


def mark_current(groups: list[Group], path: str) -> list[Group]:
    """Mark the line that the path belongs to: the one with the longest address that the path begins with."""
    best = ""
    for group in groups:
        for item in group.items:
            address = item.url.partition("?")[0]
            fits = path == address or (address != "/" and path.startswith(address))
            if fits and len(address) > len(best):
                best = address
    return [
        Group(
            group.label,
            [
                replace(item, current=bool(best) and item.url.partition("?")[0] == best)
                for item in group.items
            ],
        )
        for group in groups
    ]


def _staff_order(user: Any) -> list[tuple[str, tuple[Place, ...]]]:
    own = [FIRST_GROUP[role] for role in FIRST_GROUP if role in user.active_roles]
    return [*dict.fromkeys(own), *(group for group in STAFF_GROUPS if group not in own)]


def menu_for(user: Any, path: str = "") -> list[Group]:
    """The menu of a signed-in user; empty for everybody else."""
    if not (user and user.is_authenticated):
        return []
    if is_staff_member(user):
        groups = [Group("", _items((HOME,), user))]
        groups += [Group(label, _items(entries, user)) for label, entries in _staff_order(user)]
    elif has_role(user, Role.JOBSEEKER):
        groups = [Group("", _items(SEEKER_PLACES, user))]
    else:
        groups = [Group("", _items(OPERATOR_PLACES, user))]
    return mark_current([group for group in groups if group.items], path)


def public_menu(path: str) -> list[Item]:
    """The links of the public header."""
    groups = mark_current([Group("", _items(PUBLIC_PLACES, None))], path)
    return groups[0].items


def footer_menu() -> list[Group]:
    """The links at the bottom of public pages."""
    return [Group(label, _items(entries, None)) for label, entries in FOOTER]
