"""Pure rules: passwords, and which role goes with which institution. Shared by forms, services and imports."""

import re

from django.core.exceptions import ValidationError

from accounts.enums import OPERATOR_KINDS, Role
from core.errors import Refused

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128

LOOKALIKES = tuple(str.maketrans("013457@$", letters) for letters in ("oieastas", "oleastas"))
COMMON_WORDS = (
    "indonesia", "password", "katasandi", "bismillah", "alhamdulillah", "sayang", "cintaku", "rahasia", "qwerty",
    "merdeka", "garuda", "bandung", "cimahi", "bekasi", "jakarta", "persib", "admin", "disnaker", "pencaker", "kerja",
    "selamat", "sukses", "iloveyou", "ganteng", "cantik", "doraemon", "naruto",
)  # fmt: skip
"""Words that stand in most leaked Indonesian passwords; a password made of one of them and digits is no password."""


class LengthRule:
    """Ten to 128 characters."""

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError with the length found."""
        if len(password) < SHORTEST_PASSWORD:
            raise ValidationError(
                f"Kata sandi terlalu pendek: {len(password)} huruf. Pakai paling sedikit {SHORTEST_PASSWORD} huruf.",
                code="password_too_short",
            )
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(
                f"Kata sandi terlalu panjang. Pakai paling banyak {LONGEST_PASSWORD} huruf.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"Paling sedikit {SHORTEST_PASSWORD} huruf. Tiga atau empat kata yang Anda ingat sudah cukup."


def _is_common_word(password: str) -> bool:
    """True when the letters of `password` are one common word, also with digits in the place of letters."""
    for table in LOOKALIKES:
        readable = password.translate(table)
        for word in COMMON_WORDS:
            at = readable.find(word)
            if at >= 0 and not any(sign.isalpha() for sign in password[:at] + password[at + len(word) :]):
                return True
    return False


class GuessableRule:
    """Not only digits, not one character again and again, not one common word with digits."""

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError that names the cause."""
        if re.fullmatch(r"[\d\s.\-/]+", password):
            raise ValidationError(
                "Kata sandi tidak boleh hanya angka (NIK, tanggal lahir dan nomor telepon mudah ditebak). "
                "Tambahkan beberapa kata.",
                code="password_entirely_numeric",
            )
        if len(set(password)) < 5 or _is_common_word(password.lower()):
            raise ValidationError(
                "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return "Jangan hanya angka, dan jangan satu kata umum dengan angka di belakangnya."


class OwnNameRule:
    """Not the own name or e-mail."""

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError when what remains without name and e-mail is too short."""
        if user is None:
            return
        rest = password.lower()
        own = re.split(r"[^a-z0-9]+", f"{user.full_name} {user.email}".lower())
        for part in sorted((part for part in own if len(part) >= 4), key=len, reverse=True):
            rest = rest.replace(part, "")
        if len(rest) < SHORTEST_PASSWORD / 2 and rest != password.lower():
            raise ValidationError(
                "Kata sandi terlalu mirip dengan nama atau e-mail Anda. Pakai kata lain.",
                code="password_too_similar",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return "Jangan memakai nama atau e-mail Anda."


def check_role_fits(role: str, kind: str | None) -> None:
    """Raise Refused unless `role` may be held for an institution of `kind` (None: for no institution)."""
    label = Role(role).label
    wanted = OPERATOR_KINDS.get(role)
    if wanted is not None:
        if kind is None:
            raise Refused(f"Peran {label} memerlukan lembaga. Pilih lembaganya.", field="institution")
        if kind not in wanted:
            raise Refused(
                f"Peran {label} tidak cocok dengan jenis lembaga yang dipilih. Pilih lembaga lain.",
                field="institution",
            )
    elif role == Role.JOBSEEKER and kind is not None:
        raise Refused("Pencari kerja tidak mewakili lembaga. Kosongkan lembaganya.", field="institution")
    elif kind is not None and kind != "SECTION":
        raise Refused(
            f"Peran {label} adalah peran di dinas; lembaganya hanya boleh bidang pada dinas.",
            field="institution",
        )
