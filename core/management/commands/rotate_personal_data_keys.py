"""Seal NIK and KK again under the newest key."""

from django.core.management.base import BaseCommand, CommandError

from core.formats import number
from core.personal import current_key_id
from core.rotation import rotate_keys


class Command(BaseCommand):
    """Run after adding a key with a higher id to PERSONAL_DATA_KEYS; then the old key may be taken out."""

    help = "Menyegel ulang NIK dan KK dengan kunci terbaru di PERSONAL_DATA_KEYS. Aman diulang dan diputus."

    def handle(self, *args, **options) -> None:
        """Seal anew, print one line a field; fail when a value does not open."""
        result = rotate_keys(
            progress=lambda name, count: self.stdout.write(f"{name}: {number(count)} disegel ulang")
        )
        self.stdout.write(
            f"Kunci {current_key_id()}: {number(result.renewed)} disegel ulang, {number(result.current)} sudah terbaru."
        )
        if result.broken:
            listed = ", ".join(result.broken[:20])
            raise CommandError(
                f"{number(len(result.broken))} nilai tidak bisa dibuka, jangan buang kunci lama: {listed}"
            )
