"""The office: reference data, profile, faces, accounts and institutions."""

import datetime as dt
import hashlib
import hmac

from django.conf import settings

from accounts.enums import Role
from accounts.models import Institution, Membership, User
from accounts.services.institutions import create_institution
from core.bulk import Step, write
from core.clock import at
from core.files import store
from core.images import Content
from core.models.files import StoredFile
from core.models.reference import Region
from core.reference import load_nomenclature
from core.services.agency import set_agency
from portal.demo.faces import EACH_SEX, draw_face
from portal.demo.names import words
from portal.demo.world import World

PHOTO_KIND = "jobseekers.photo"
ROLES_FROM = dt.timedelta(days=400)


def demo_password() -> str:
    """Return the one password of all demo logins. It follows from SECRET_KEY, so no two installations share it."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"sidakep/demo-logins", hashlib.sha256).digest()
    known = words()["password"]
    chosen = [known[int.from_bytes(digest[i : i + 2]) % len(known)] for i in (0, 2, 4)]
    return "-".join([*chosen, str(10 + digest[6] % 90)])


def draw_faces() -> dict[str, list[Content]]:
    """Return the portraits by sex; touches neither disk nor database."""
    return {sex: [draw_face(number, sex) for number in range(1, EACH_SEX + 1)] for sex in ("M", "F")}


def store_faces(faces: dict[str, list[Content]]) -> dict[str, list[StoredFile]]:
    """Keep the portraits as photos, each once."""
    return {
        sex: [
            store(face, actor=None, kind=PHOTO_KIND, name=f"Wajah demo {sex}{n}")
            for n, face in enumerate(found, 1)
        ]
        for sex, found in faces.items()
    }


def set_profile(world: World) -> None:
    """Write the office's profile and the budget year's nomenclature."""
    profile = dict(world.city.profile["agency"])
    region = Region.objects.get(code=profile.pop("region"))
    officer = next(login for login in world.city.profile["logins"] if login["role"] == Role.PLACEMENT_OFFICER)
    policies = {"ak1_signatory_name": officer["name"], "ak1_signatory_nip": officer["nip"]}
    set_agency(actor=None, region=region, demo_date=world.today, policies=policies, **profile)
    rows = load_nomenclature(world.city.nomenclature, year=world.year)
    world.nomenclature = {row.key: row for row in rows}


def make_institutions(world: World) -> None:
    """Record the institutions that are no companies."""
    chance, villages = world.chance("institutions"), list(world.city.records["people"]["villages"])
    for kind, names in world.city.records["institutions"].items():
        world.institutions[kind] = [
            create_institution(
                actor=None,
                kind=kind,
                name=name,
                region=Region.objects.get(code=chance.pick(villages)),
                address=f"{chance.pick(world.city.records['people']['streets'])} {chance.number(1, 180)}",
                phone=f"(02x) 5550 {chance.digits(4)}",
            )
            for name in names
        ]


def make_logins(world: World, hashed: str) -> None:
    """Make one account a role, with the password hash made before; operators act for their first institution."""
    begun = world.today - ROLES_FROM
    chance, made = world.chance("logins"), []
    for login in world.city.profile["logins"]:
        user = User(email=login["email"], full_name=login["name"], is_demo=True, uid=chance.uid())
        user.password = hashed
        made.append((user, [Step(at(begun, 8), "Akun dibuat")]))
    for user, login in zip(write(User, made), world.city.profile["logins"], strict=True):
        world.users[login["role"]] = user
    write(
        Membership,
        [
            (_membership(world, login, begun), [Step(at(begun, 8, 5), "Peran diberikan")])
            for login in world.city.profile["logins"]
        ],
    )


def _membership(world: World, login: dict, begun: dt.date) -> Membership:
    kind = login.get("institution")
    institution: Institution | None = world.institutions[kind][0] if kind else None
    user = world.users[login["role"]]
    return Membership(user=user, role=login["role"], institution=institution, started_on=begun)
