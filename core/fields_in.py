"""The columns of an upload: how a cell becomes a typed value, and what is said when it can't."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from core import formats
from core.cells import Value
from core.errors import Refused
from core.personal import mask_nik, parse_nik

KINDS = ("text", "int", "decimal", "money", "date", "bool", "choice", "nik", "phone", "email")
YES, NO = ("ya", "y", "1", "true", "benar"), ("tidak", "t", "0", "false", "bukan")
FORMULA_STARTS = ("=", "@", "＝", "＠")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column of an upload.

    ``choices`` (pairs of value and label, or a callable of the user) are offered as a drop-down; ``check`` is
    one more rule on the typed value, raising ValueError or Refused with an Indonesian message; ``unique``
    forbids the same value twice in one file; ``personal`` masks the value in the preview (a NIK always is).
    """

    key: str
    title: str
    kind: str = "text"
    required: bool = False
    choices: Iterable[tuple[Any, str]] | Callable[[Any], Iterable[tuple[Any, str]]] = ()
    max_length: int = 200
    explain: str = ""
    example: str = ""
    width: int = 18
    unique: bool = False
    personal: bool = False
    check: Callable[[Any], None] | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown kind when the class is made."""
        if self.kind not in KINDS:
            raise ImproperlyConfigured(f"Field {self.key}: unknown kind {self.kind!r}")

    def options(self, user: Any) -> list[tuple[Any, str]]:
        """The choices for this user."""
        return [
            (value, str(label))
            for value, label in (self.choices(user) if callable(self.choices) else self.choices)
        ]

    def read(self, cell: Value, options: list[tuple[Any, str]]) -> Any:
        """The typed value of a cell, None when empty.

        Raises Refused with what is wrong and how to mend it.
        """
        if isinstance(cell, str):
            cell = cell.strip().replace("\u00a0", " ")
            if cell.startswith(FORMULA_STARTS):
                raise Refused(
                    f"Isi sel ini tampak seperti rumus (diawali “{cell[0].strip() or 'tab'}”). Ketik nilainya saja."
                )
        if cell == "":
            if self.required:
                raise Refused(f"{self.title} wajib diisi.")
            return None
        value = getattr(self, f"_{self.kind}")(cell) if self.kind != "choice" else self._choice(cell, options)
        if self.check is not None:
            try:
                self.check(value)
            except ValueError as problem:
                raise Refused(str(problem)) from None
        return value

    def shown(self, cell: Value) -> str:
        """The cell as the preview shows it."""
        if isinstance(cell, datetime | date):
            return formats.date_short(cell)
        text = _as_text(cell)
        if self.kind == "nik":
            return mask_nik(re.sub(r"\D", "", text)) if text else ""
        return f"{text[:1]}•••" if self.personal and text else text

    def _text(self, cell: Value) -> str:
        text = formats.date_short(cell) if isinstance(cell, date) else _as_text(cell)
        if len(text) > self.max_length:
            raise Refused(f"{self.title} paling panjang {self.max_length} huruf; sel ini {len(text)} huruf.")
        if any(ord(letter) < 32 and letter != "\n" for letter in text):
            raise Refused(f"{self.title} memuat karakter yang tidak bisa disimpan. Ketik ulang sel ini.")
        return text

    def _int(self, cell: Value) -> int:
        number = self._decimal(cell)
        if number != number.to_integral_value():
            raise Refused(f"{self.title} harus bilangan bulat, tanpa koma.")
        return int(number)

    def _money(self, cell: Value) -> int:
        return self._int(cell)

    def _decimal(self, cell: Value) -> Decimal:
        if isinstance(cell, bool | date):
            raise Refused(f"{self.title} harus angka.")
        number = Decimal(str(cell)) if isinstance(cell, int | float) else formats.parse_number(cell)
        if not number.is_finite() or abs(number) >= 10**15:
            raise Refused(f"{self.title} terlalu besar. Periksa jumlah angkanya.")
        return number

    def _date(self, cell: Value) -> date:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if not isinstance(cell, str):
            raise Refused(f"{self.title} harus tanggal, contohnya 17-08-2023.")
        return formats.parse_date(cell)

    def _bool(self, cell: Value) -> bool:
        text = _as_text(cell).casefold()
        if text in YES or text in NO:
            return text in YES
        raise Refused(f"{self.title} diisi Ya atau Tidak.")

    def _choice(self, cell: Value, options: list[tuple[Any, str]]) -> Any:
        text = _as_text(cell).casefold()
        for value, label in options:
            if text in (str(value).casefold(), label.casefold()):
                return value
        offered = ", ".join(label for _, label in options[:8])
        raise Refused(f"{self.title} harus salah satu dari: {offered}{', …' if len(options) > 8 else ''}.")

    def _nik(self, cell: Value) -> str:
        if not isinstance(cell, str):
            raise Refused(
                "NIK tersimpan sebagai angka sehingga digit terakhirnya bisa hilang. Ubah kolom menjadi Teks, "
                "lalu ketik ulang NIK."
            )
        parse_nik(cell)
        return re.sub(r"\D", "", cell)

    def _phone(self, cell: Value) -> str:
        text = re.sub(r"[\s().-]", "", _as_text(cell))
        text = re.sub(r"^(\+62|62(?=8))", "0", text)
        text = f"0{text}" if text.startswith("8") else text
        if not re.fullmatch(r"0\d{7,13}", text):
            raise Refused(f"{self.title} bukan nomor telepon Indonesia, contohnya 0812-3456-7890.")
        return text

    def _email(self, cell: Value) -> str:
        text = self._text(cell).lower()
        try:
            validate_email(text)
        except ValidationError:
            raise Refused(f"{self.title} bukan alamat e-mail, contohnya nama@contoh.id.") from None
        return text


def _as_text(cell: Value) -> str:
    """A cell as text: whole numbers without a decimal point."""
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return str(cell).strip()
