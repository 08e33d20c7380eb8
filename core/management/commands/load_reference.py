"""Load regions, classifications, education codes, holidays and UMK from the data files of the release."""

from django.core.management.base import BaseCommand

from core.formats import number
from core.reference import load_reference


class Command(BaseCommand):
    """``manage.py load_reference [--force]``."""

    help = "Memuat data acuan (wilayah, KBJI, KBLI, kode pendidikan, hari libur, UMK). Aman diulang."

    def add_arguments(self, parser) -> None:
        """``--force`` reads unchanged files again."""
        parser.add_argument("--force", action="store_true", help="baca ulang semua berkas")

    def handle(self, *args, force: bool = False, **options) -> None:
        """Load, then print one line a file that was read."""
        done = load_reference(force=force)
        for label, rows in done.items():
            self.stdout.write(f"{label}: {number(rows)} baris")
        if not done:
            self.stdout.write("Data acuan sudah terbaru.")
