"""What the parts of the loader hand to each other."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.enums import Role
from accounts.models import Institution, User
from core.models.files import StoredFile
from core.models.reference import Nomenclature
from employers.models import Company
from jobseekers.models import AK1Card, JobSeeker
from placements.models import Placement
from portal.demo.chance import Chance, Workdays
from portal.demo.city import City
from training.models import TrainingProvider


@dataclass
class World:
    """The city while it is being made: its plan, its calendar, and what exists so far."""

    city: City
    days: Workdays
    faces: dict[str, list[StoredFile]]
    users: dict[str, User] = field(default_factory=dict)
    institutions: dict[str, list[Institution]] = field(default_factory=dict)
    nomenclature: dict[str, Nomenclature] = field(default_factory=dict)
    companies: list[Company] = field(default_factory=list)
    providers: list[TrainingProvider] = field(default_factory=list)
    people: list["Person"] = field(default_factory=list)

    def chance(self, part: str) -> Chance:
        """Return the draws of one part."""
        return Chance(self.city.code, part)

    def staff(self, role: Role) -> User:
        """Return the login that holds `role`."""
        return self.users[role]

    @property
    def today(self) -> dt.date:
        """The day on which the demo lives; nothing happens after it."""
        return self.city.demo_date

    @property
    def year(self) -> int:
        """The year that is being filled."""
        return self.city.year


@dataclass(eq=False)
class Person:
    """One invented person and what happens to them in the year, before and after it is written."""

    group: str
    channels: tuple[str, ...] = ()
    holder: bool = False
    trained: bool = False
    placed_on: dt.date | None = None
    verified_on: dt.date | None = None
    card_kind: str = ""
    card_on: dt.date | None = None
    earlier_on: dt.date | None = None
    replaced_on: dt.date | None = None
    removed: str = ""
    removed_on: dt.date | None = None
    cohort: int | None = None
    online: bool = False
    waits: str = ""
    row: JobSeeker | None = None
    user: User | None = None
    card: AK1Card | None = None
    start: Placement | None = None

    @property
    def left_for_work_on(self) -> dt.date | None:
        """The day of the job start by which the person left the register: of a verified report only."""
        return self.placed_on if self.verified_on is not None else None
