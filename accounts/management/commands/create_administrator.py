"""Make the first administrator of an installation."""

from django.core.management.base import BaseCommand, CommandError

from accounts.services import create_administrator
from core.errors import Refused


class Command(BaseCommand):
    """``manage.py create_administrator E-MAIL --name "Nama Lengkap"``: mails the link that sets the password."""

    help = "Membuat akun administrator; tautan untuk membuat kata sandi dikirim ke e-mailnya."

    def add_arguments(self, parser) -> None:
        """E-mail and name."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, dest="full_name")

    def handle(self, *args, email: str, full_name: str, **options) -> None:
        """Call the service."""
        try:
            create_administrator(email=email, full_name=full_name)
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("Akun dibuat. Tautan untuk membuat kata sandi dikirim lewat e-mail.")
