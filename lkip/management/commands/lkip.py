"""``manage.py lkip``: ``figures YEAR`` (from records), ``prepare`` (scales), ``check FILE`` (another's report)."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from lkip.checker.check import check
from lkip.checker.model import Document
from lkip.checker.reading import read
from lkip.exports import figure_rows
from lkip.figures import compute
from lkip.services.scales import load_scales


class Command(BaseCommand):
    """Prints the figures of a year, loads the scales of regulations, or lists a foreign report's contradictions."""

    help = "Angka LKIP satu tahun, dihitung dari rekaman; pertentangan dalam LKIP lain."

    def add_arguments(self, parser) -> None:
        """Take ``figures YEAR [--format json|table] [--quarter N | --month N]``, ``prepare`` or ``check FILE``."""
        actions = parser.add_subparsers(dest="action", required=True)
        figures = actions.add_parser("figures", help="semua angka satu tahun")
        figures.add_argument("year", type=int)
        figures.add_argument("--format", choices=["json", "table"], default="table")
        figures.add_argument("--quarter", type=int, help="sampai akhir triwulan ini")
        figures.add_argument("--month", type=int, help="sampai akhir bulan ini")
        actions.add_parser("prepare", help="memuat skala predikat dari peraturan; aman diulang")
        foreign = actions.add_parser("check", help="pertentangan dalam LKIP lain (DOCX, XLSX, teks)")
        foreign.add_argument("file", type=Path)
        foreign.add_argument("--with", dest="other", type=Path, help="laporan pembanding")

    def handle(self, *args, action: str, **options) -> None:
        """Do what is asked."""
        if action == "prepare":
            self.stdout.write(f"Skala predikat: {load_scales()}")
            return
        if action == "check":
            self.check_report(options["file"], options["other"])
            return
        self.figures(**{name: options[name] for name in ("year", "format", "quarter", "month")})

    def figures(self, *, year: int, format: str, quarter: int | None, month: int | None) -> None:
        """Compute and print; a year that is not prepared is an error with its cause."""
        try:
            rows = figure_rows(compute(year, quarter=quarter, month=month))
        except Refused as error:
            raise CommandError(str(error)) from error
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['code']:<44} {row['value_display']:>24} {row['capaian_display']:>12}  {row['label']}"
            )

    def check_report(self, file: Path, other: Path | None) -> None:
        """Print every contradiction with its arithmetic and its places."""
        findings = check(self._read(file), self._read(other) if other else None)
        for finding in findings:
            self.stdout.write(f"{finding.rule} {finding.severity.label}: {finding.title}")
            if finding.sum:
                self.stdout.write(f"   {finding.sum}")
            self.stdout.write(f"   {', '.join(place.where for place in finding.places)}")
        self.stdout.write(f"{len(findings)} temuan.")

    def _read(self, file: Path) -> Document:
        try:
            return read(file.read_bytes(), file.name)
        except (OSError, Refused) as error:
            raise CommandError(f"{file}: {error}") from error
