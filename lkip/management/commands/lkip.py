"""``manage.py lkip figures YEAR``: the numbers of a year, computed from records."""

import json

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from lkip.exports import figure_rows
from lkip.figures import compute


class Command(BaseCommand):
    """Prints the figures of a year as JSON or as a table."""

    help = "Angka LKIP satu tahun, dihitung dari rekaman."

    def add_arguments(self, parser) -> None:
        """Take ``figures YEAR [--format json|table]``."""
        actions = parser.add_subparsers(dest="action", required=True)
        figures = actions.add_parser("figures", help="semua angka satu tahun")
        figures.add_argument("year", type=int)
        figures.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args, year: int, format: str, **options) -> None:
        """Compute and print; a year that is not prepared is an error with its cause."""
        try:
            rows = figure_rows(compute(year))
        except Refused as error:
            raise CommandError(str(error)) from error
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['code']:<44} {row['value_display']:>24} {row['capaian_display']:>12}  {row['label']}"
            )
