"""Keep the register of the keys that sign the codes on cards."""

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from core.formats import datetime_long
from jobseekers import cardcode
from jobseekers.services import code_keys

WORDS = {"active": "dipakai", "retired": "diganti", "revoked": "DICABUT"}


class Command(BaseCommand):
    """``manage.py card_keys list | register | retire KID | revoke KID --reason …``."""

    help = "Kunci kode kartu: daftar, catat kunci yang dipakai, ganti, cabut."

    def add_arguments(self, parser) -> None:
        """One word says what to do."""
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("list", help="tampilkan semua kunci")
        steps.add_parser("register", help="catat kunci di CARD_SIGNING_KEY; yang sebelumnya jadi diganti")
        steps.add_parser("retire", help="tandai kunci lama diganti; kodenya tetap sah").add_argument("kid")
        revoke = steps.add_parser("revoke", help="cabut kunci yang bocor; kodenya tidak sah lagi")
        revoke.add_argument("kid")
        revoke.add_argument("--reason", required=True, help="sebab pencabutan")

    def handle(self, *args, step: str, **options) -> None:
        """Do it, then print the list."""
        try:
            if step == "register":
                code_keys.register_current()
            elif step == "retire":
                code_keys.retire(options["kid"])
            elif step == "revoke":
                code_keys.revoke(options["kid"], reason=options["reason"])
        except Refused as problem:
            raise CommandError(str(problem)) from None
        for key in code_keys.published():
            self.stdout.write(self._line(key))

    def _line(self, key: code_keys.PublicKey) -> str:
        parts = [key.kid.hex(), WORDS[key.status]]
        if key.active_from is None:
            parts.append("belum dicatat; jalankan card_keys register")
        else:
            parts.append(f"sejak {datetime_long(key.active_from)}")
        if key.retired_at is not None:
            parts.append(f"sampai {datetime_long(key.retired_at)}")
        if key.revoked_at is not None:
            parts.append(f"dicabut {datetime_long(key.revoked_at)}: {key.reason}")
        if key.kid == cardcode.current_kid():
            parts.append("(CARD_SIGNING_KEY)")
        return "  ".join(parts)
