"""``manage.py lkip figures YEAR``: the numbers of a year, computed from records; ``lkip prepare``: its scales."""

import json

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from lkip.exports import figure_rows
from lkip.figures import compute
from lkip.services.scales import load_scales


class Command(BaseCommand):
    """Prints the figures of a year as JSON or as a table, or loads the scales that regulations set."""

    help = "Angka LKIP satu tahun, dihitung dari rekaman."

    def add_arguments(self, parser) -> None:
        """Take ``figures YEAR [--format json|table] [--quarter N | --month N]`` or ``prepare``."""
        actions = parser.add_subparsers(dest="action", required=True)
        figures = actions.add_parser("figures", help="semua angka satu tahun")
        figures.add_argument("year", type=int)
        figures.add_argument("--format", choices=["json", "table"], default="table")
        figures.add_argument("--quarter", type=int, help="sampai akhir triwulan ini")
        figures.add_argument("--month", type=int, help="sampai akhir bulan ini")
        actions.add_parser("prepare", help="memuat skala predikat dari peraturan; aman diulang")

    def handle(self, *args, action: str, **options) -> None:
        """Do what is asked."""
        if action == "prepare":
            self.stdout.write(f"Skala predikat: {load_scales()}")
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
