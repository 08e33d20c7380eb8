"""Who lives in the year: people with what happens to them, then their rows."""

import datetime as dt

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts.enums import Role
from accounts.models import Membership, User, UserIdentifier
from core import bulk
from core.bulk import Step, write
from core.clock import at
from core.models.reference import Region
from core.personal import blind_index, make_nik, seal
from jobseekers.enums import MaritalStatus, NikMethod
from jobseekers.models import JobSeeker
from jobseekers.models.person import KK_CONTEXT, NIK_CONTEXT, kk_index_of
from portal.demo.chance import Chance
from portal.demo.names import person_name, words
from portal.demo.profiles import ProfileBook
from portal.demo.world import Person, World

SERIALS = (9000, 9999)
LEAST_AGE = {"SD": 17, "SMP": 17, "SMA": 18, "SMK": 18, "D1": 20, "D3": 21, "D4": 22, "S1": 22, "S2": 24}
SCHOOL_LEAVING_AGE = {
    "SD": 12,
    "SMP": 15,
    "SMA": 18,
    "SMK": 18,
    "D1": 19,
    "D3": 21,
    "D4": 22,
    "S1": 22,
    "S2": 24,
}
YOUNGEST = 17
MARRIED_FROM = 24


class PeopleMaker:
    """Gives people their attributes by the city's weights."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.city.records["people"]
        self.chance: Chance = world.chance("people")
        self.villages = Region.objects.in_bulk(list(self.plan["villages"]))
        self.niks: set[str] = set()
        self.mails = 0

    def _birth_date(self, first_day: dt.date, oldest: int | None) -> dt.date:
        """Return a birth date: an age at the year's end by the city's weights, of working age on `first_day`."""
        while True:
            low, high = map(int, self.chance.weighted(self.plan["age"]).split("-"))
            if oldest is not None and low > oldest:
                continue
            age = self.chance.number(low, min(high, oldest or high))
            end = dt.date(self.world.year, 12, 31)
            born = dt.date(end.year - age, 1, 1) + dt.timedelta(days=self.chance.number(0, 364))
            if (first_day - born).days >= YOUNGEST * 365.25:
                return born

    def _education(self, age: int, school_only: bool) -> str:
        weights = {
            code: weight
            for code, weight in self.plan["education"].items()
            if age >= LEAST_AGE[code] and (not school_only or code == "SMK")
        }
        return self.chance.weighted(weights or {"SMP": 1})

    def _nik(self, village: str, born: dt.date, sex: str) -> str:
        elsewhere = self.plan["nik_elsewhere"]
        district = village[:8]
        if self.chance.happens(elsewhere["share"]):
            district = self.chance.pick(elsewhere["districts"])
        while True:
            nik = make_nik(district.replace(".", ""), born, sex, self.chance.number(*SERIALS))
            if nik not in self.niks:
                self.niks.add(nik)
                return nik

    def _school(self, education: str) -> str:
        known = words()
        if education == "SD":
            return self.chance.pick(known["first_schools"])
        if education in ("SMP", "SMA", "SMK"):
            kinds = {"SMP": ("SMP",), "SMA": ("SMA", "MA"), "SMK": ("SMK",)}[education]
            return self.chance.pick([name for name in known["schools"] if name.split()[0] in kinds])
        return self.chance.pick(known["campuses"])

    def row(self, person: Person, first_day: dt.date) -> JobSeeker:
        """Return the unsaved row of a person who first met the office on `first_day`."""
        chance = self.chance
        sex = chance.weighted(self.plan["sex"])
        born = self._birth_date(first_day, 22 if "BKK" in person.channels else None)
        age = first_day.year - born.year
        education = self._education(age, "BKK" in person.channels)
        village = chance.weighted(self.plan["villages"])
        self.mails += 1
        name = person_name(chance, sex)
        row = JobSeeker(
            uid=chance.uid(),
            full_name=name,
            sex=sex,
            birth_date=born,
            birth_place=chance.pick(self.plan["birth_places"]),
            marital_status=self._married(age),
            religion=chance.weighted(words()["religions"]),
            education_id=education,
            education_major=chance.pick(self.plan["majors"][education])
            if education in self.plan["majors"]
            else "",
            education_school=self._school(education),
            graduation_year=min(born.year + SCHOOL_LEAVING_AGE[education], first_day.year),
            village=self.villages[village],
            address=f"{chance.pick(self.plan['streets'])} {chance.number(1, 190)}",
            rt=f"{chance.number(1, 9):03d}",
            rw=f"{chance.number(1, 18):03d}",
            phone=f"+62800{chance.digits(7)}",
            email=f"{name.split()[0].lower()}.{self.mails}@contoh.example",
            photo=chance.pick(self.world.faces[sex]),
            registered_on=first_day,
        )
        self._seal(row, village)
        return row

    def _married(self, age: int) -> str:
        married = (
            self.chance.happens(min(85, 12 * (age - MARRIED_FROM + 1))) if age >= MARRIED_FROM else False
        )
        return MaritalStatus.MARRIED if married else MaritalStatus.SINGLE

    def _seal(self, row: JobSeeker, village: str) -> None:
        nik = self._nik(village, row.birth_date, row.sex)
        row.nik_sealed = seal(nik, context=NIK_CONTEXT, row=row.uid)
        row.nik_index = blind_index(nik)
        kk = (
            f"{village[:8].replace('.', '')}{self.chance.number(1, 28):02d}0115{self.chance.number(*SERIALS)}"
        )
        row.kk_sealed = seal(kk, context=KK_CONTEXT, row=row.uid)
        row.kk_index = kk_index_of(kk)


def first_day_of(person: Person, world: World) -> dt.date:
    """Return the day on which the office first wrote the person down."""
    known = [day for day in (person.earlier_on, person.card_on, person.placed_on) if day is not None]
    return min(known, default=world.today - dt.timedelta(days=7))


def write_people(world: World, people: list[Person], book: ProfileBook) -> None:
    """Write the rows of `people`, with an account for each who came online; `book` chooses their profiles."""
    maker, made = PeopleMaker(world), []
    days = {id(person): first_day_of(person, world) for person in people}
    for person in people:
        person.row = maker.row(person, days[id(person)])
    book.choose(people)
    _own_login(world, people)
    _accounts(world, [person for person in people if person.online and person.user is None], days)
    for person in people:
        person.row.user = person.user
        made.append((person.row, _steps(world, person, days[id(person)], maker.chance)))
    write(JobSeeker, made)
    bulk.create(
        UserIdentifier,
        [UserIdentifier(user=p.user, nik_index=p.row.nik_index) for p in people if p.user is not None],
        actor=None,
        reason="",
    )
    world.people = people


def _steps(world: World, person: Person, day: dt.date, chance: Chance) -> list[Step]:
    """An officer has seen the KTP of every card holder, and of some of the others."""
    officer, row = world.staff(Role.PLACEMENT_OFFICER), person.row
    steps = [Step(at(day, 8), "Data pencari kerja dibuat", person.user or officer)]
    if person.holder or (not person.waits and chance.happens(world.city.records["people"]["verified_nik"])):
        row.nik_verified_at, row.nik_verified_by = at(day, 10), officer
        row.nik_verified_method = NikMethod.KTP_SEEN
        steps.append(Step(at(day, 10), "NIK diverifikasi", officer))
    return steps


def _own_login(world: World, people: list[Person]) -> None:
    """Give the job seeker's login to a card holder of the same sex who is still looking."""
    login = next(login for login in world.city.profile["logins"] if login["role"] == Role.JOBSEEKER)
    person = next(p for p in people if p.group == "rest" and not p.removed and p.row.sex == login["sex"])
    person.user = world.users[Role.JOBSEEKER]
    person.row.full_name, person.row.email = login["name"], login["email"]


def _accounts(world: World, people: list[Person], days: dict[int, dt.date]) -> None:
    """Make accounts without a usable password for those who applied online."""
    chance, made, roles = world.chance("accounts"), [], []
    for person in people:
        user = User(email=person.row.email, full_name=person.row.full_name, uid=chance.uid())
        user.password = UNUSABLE_PASSWORD_PREFIX + chance.digits(40)
        made.append((user, [Step(at(days[id(person)], 7, 30), "Akun dibuat")]))
        person.user = user
    write(User, made)
    for person in people:
        day = days[id(person)]
        membership = Membership(user=person.user, role=Role.JOBSEEKER, started_on=day, uid=chance.uid())
        roles.append((membership, [Step(at(day, 7, 30), "Peran diberikan")]))
    write(Membership, roles)
