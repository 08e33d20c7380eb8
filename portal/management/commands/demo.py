"""``manage.py demo CITY``: one year of a labour office, for looking around and for tests."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.models import User
from core.errors import Refused
from core.models.agency import AgencyProfile
from portal.demo import load
from portal.demo.city import available, explain, open_city
from portal.demo.office import demo_password


class Command(BaseCommand):
    """Loads a demo city into an empty database; explains its numbers; prints its logins."""

    help = "Memuat kota demo ke basis data kosong."

    def add_arguments(self, parser) -> None:
        """Take ``[CITY] [--if-empty] [--explain] [--logins]``."""
        parser.add_argument("city", nargs="?", help=f"salah satu: {', '.join(available())}")
        parser.add_argument("--if-empty", action="store_true", help="lewati bila basis data sudah berisi")
        parser.add_argument(
            "--explain", action="store_true", help="angka mana dari laporan, mana anggapan, mana rekaan"
        )
        parser.add_argument("--logins", action="store_true", help="tampilkan akun demo (mode demo saja)")

    def handle(self, *args, city: str | None, if_empty: bool, explain: bool, logins: bool, **options) -> None:
        """Do what is asked; every refusal says why and what to do."""
        try:
            if explain:
                self._explain(city)
            elif city:
                self._load(city, if_empty)
            elif not logins:
                raise CommandError(f"Sebut kotanya: {', '.join(available())}.")
            if logins:
                self._logins()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _explain(self, city: str | None) -> None:
        for code in [city] if city else available():
            self.stdout.write(explain(open_city(code)) + "\n")

    def _load(self, code: str, if_empty: bool) -> None:
        city = open_city(code)
        if if_empty and not load.is_empty():
            return
        began = time.monotonic()
        load.load(city, say=self.stdout.write)
        self.stdout.write(f"Kota demo {code} siap dalam {time.monotonic() - began:.0f} detik.")

    def _logins(self) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Akun demo hanya ada dalam mode demo (DEMO_MODE=1).")
        users = User.objects.filter(is_demo=True).prefetch_related("memberships").order_by("pk")
        if not users:
            raise CommandError("Belum ada akun demo. Muat dahulu sebuah kota demo.")
        self.stdout.write(f"{AgencyProfile.current().full_name}, kata sandi semua akun: {demo_password()}")
        for user in users:
            for membership in user.memberships.all():
                self.stdout.write(f"  {Role(membership.role).label:<34} {user.email}")
