"""Show what is past its time; with --apply drop it."""

from django.core.management.base import BaseCommand

from core.formats import number
from jobseekers.services import retention


class Command(BaseCommand):
    """``manage.py retention [--apply]``: shows first, acts second. Prints counts and public ids, never names."""

    help = "Menunjukkan data yang masa simpannya habis; dengan --apply menghapus atau menganonimkannya."

    def add_arguments(self, parser) -> None:
        """``--apply`` acts."""
        parser.add_argument("--apply", action="store_true", help="hapus sekarang")

    def handle(self, *args, apply: bool = False, **options) -> None:
        """Print one line a rule, examples by public id."""
        for found in retention.apply() if apply else retention.show():
            refused = f", {number(found.refused)} ditahan" if found.refused else ""
            self.stdout.write(f"{found.label}: {number(found.count)}{refused}")
            for example in found.examples:
                self.stdout.write(f"  {example}")
        kept = number(retention.kept_events())
        self.stdout.write(
            f"Jejak audit lebih tua dari 12 bulan: {kept}, tetap disimpan karena berantai segel"
        )
        if not apply:
            self.stdout.write("Belum ada yang dihapus. Jalankan lagi dengan --apply untuk menghapus.")
