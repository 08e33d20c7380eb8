"""Seal the audit trail, or check that it was not changed."""

from django.core.management.base import BaseCommand, CommandError

from core.audit import seal_chain, verify_chain
from core.formats import number


class Command(BaseCommand):
    """``manage.py seal_audit`` adds a link to the chain; ``--verify`` recomputes all links."""

    help = "Menyegel jejak audit, atau memeriksanya dengan --verify."

    def add_arguments(self, parser) -> None:
        """``--verify`` writes nothing."""
        parser.add_argument("--verify", action="store_true", help="periksa seluruh rantai")

    def handle(self, *args, verify: bool = False, **options) -> None:
        """Seal or verify; a broken chain is an error that names the events."""
        if not verify:
            link = seal_chain()
            told = (
                f"{number(link.events)} peristiwa disegel."
                if link
                else "Tidak ada yang perlu disegel sekarang."
            )
            self.stdout.write(told)
            return
        breaks = verify_chain()
        if breaks:
            raise CommandError(
                "Jejak audit berubah: "
                + "; ".join(f"peristiwa {b.first_id}–{b.last_id}: {b.reason}" for b in breaks)
            )
        self.stdout.write("Jejak audit utuh.")
