"""The columns that several lists of the room share: who, where, when, in which state."""

from core.tables import Column
from jobseekers.enums import CardState, Sex

CARD_COLOURS = {"EXPIRED": "grey", "REPLACED": "grey", "REMOVED": "red", "PLACED": "green"}


def grouped(number: str) -> str:
    """A card's number as it is printed: "3277 210823 000001"; another format stays as it is."""
    return f"{number[:4]} {number[4:10]} {number[10:]}" if len(number) == 16 else number


def name_column(path: str = "jobseeker__full_name", title: str = "Nama") -> Column:
    """The name of the person that `path` leads to."""
    return Column("name", title, value=path, sort=path, width=32)


def day_column(name: str, title: str, *, path: str = "", **more) -> Column:
    """A day, sortable."""
    return Column(name, title, value=path or name, kind="date", sort=path or name, width=14, **more)


def moment_column(name: str, title: str, **more) -> Column:
    """A day with its time, sortable."""
    return Column(name, title, kind="datetime", sort=name, width=22, **more)


def state_column(
    choices, colours: dict[str, str], *, title: str = "Keadaan", path: str = "state", width: int = 22
) -> Column:
    """A state as a tag."""
    return Column("state", title, value=path, kind="tag", choices=choices, colours=colours, width=width)


def card_number_column(path: str = "number", **more) -> Column:
    """The number of a card, sortable."""
    return Column("number", "Nomor", value=path, sort=path, width=20, convert=grouped, **more)


def card_state_column(path: str = "state", title: str = "Keadaan") -> Column:
    """The state of a card."""
    return state_column(CardState.choices, CARD_COLOURS, title=title, path=path)


def person_columns(prefix: str) -> list[Column]:
    """What the lists tell of a person besides the name, with `prefix` leading to the person."""
    village = f"{prefix}village__name"
    return [
        Column("sex", "Jenis kelamin", value=f"{prefix}sex", choices=Sex.choices, width=14, listed=False),
        Column(
            "birth_date", "Tanggal lahir", value=f"{prefix}birth_date", kind="date", width=14, listed=False
        ),
        Column(
            "education",
            "Pendidikan",
            value=f"{prefix}education__label",
            sort=f"{prefix}education__order",
            width=26,
            explain="Pendidikan terakhir yang tamat.",
        ),
        Column("village", "Kelurahan", value=village, sort=village, width=20),
        Column("district", "Kecamatan", value=f"{prefix}village__parent__name", width=20, listed=not prefix),
    ]
