"""Write the entries of the search anew, while the site is in use."""

from django.core.management.base import BaseCommand, CommandError

from core import search
from core.formats import number
from core.reindexing import reindex


class Command(BaseCommand):
    """``manage.py reindex_search [KIND …]``: all kinds when none is named."""

    help = "Menyusun ulang indeks pencarian. Aman dijalankan saat situs dipakai."

    def add_arguments(self, parser) -> None:
        """Take kinds of records, e.g. ``person card``."""
        parser.add_argument("kinds", nargs="*", help="jenis catatan; tanpa ini semuanya")

    def handle(self, *args, kinds: list[str], **options) -> None:
        """Go through the kinds, telling the progress."""
        known = {kind.name: kind for kind in search.kinds()}
        unknown = sorted(set(kinds) - set(known))
        if unknown:
            raise CommandError(f"Tidak dikenal: {', '.join(unknown)}. Yang ada: {', '.join(sorted(known))}.")
        for name in kinds or sorted(known):
            kind = known[name]
            seen, changed = reindex(kind, say=self._progress(kind.label, options["verbosity"]))
            self.stdout.write(f"{kind.label}: {number(seen)} diperiksa, {number(changed)} ditulis ulang.")

    def _progress(self, label: str, verbosity: int):
        def say(done: int) -> None:
            if verbosity > 1:
                self.stdout.write(f"{label}: {number(done)} …")

        return say
