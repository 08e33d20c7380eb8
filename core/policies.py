"""What an office may decide for itself, with its default and meaning.

An app registers the choices it asks for at import; the agency profile holds the answers that differ.
"""

from dataclasses import dataclass

from core.errors import Refused


class UnknownPolicy(Refused):
    """A policy nobody registered, or a value of the wrong kind."""


@dataclass(frozen=True)
class Policy:
    """One choice: its name, its default (which also fixes the type), and what it means to the reader.

    `option_labels`, when given, name the `options` in the same order.
    """

    name: str
    default: bool | int | str
    label: str
    explanation: str
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[str, ...] = ()
    option_labels: tuple[str, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The options with what a reader calls them."""
        return list(zip(self.options, self.option_labels or self.options, strict=True))

    def checked(self, value):
        """Return `value` if it is of the right kind and within bounds; raise UnknownPolicy otherwise."""
        if type(value) is not type(self.default):
            raise UnknownPolicy(f"Nilai untuk “{self.label}” salah jenis.", field="policies")
        if self.options and value not in self.options:
            raise UnknownPolicy(
                f"Nilai untuk “{self.label}” harus salah satu dari: {', '.join(self.options)}.",
                field="policies",
            )
        low, high = self.minimum, self.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise UnknownPolicy(f"Nilai untuk “{self.label}” harus {low} sampai {high}.", field="policies")
        return value


_registry: dict[str, Policy] = {}


def register(policy: Policy) -> Policy:
    """Make a choice known. The same one twice is fine; two different ones under one name raise ValueError."""
    known = _registry.setdefault(policy.name, policy)
    if known != policy:
        raise ValueError(f"policy {policy.name} is registered twice")
    return policy


def get(name: str) -> Policy:
    """Return the policy `name`; raise UnknownPolicy when nobody registered it."""
    if name not in _registry:
        raise UnknownPolicy(f"Kebijakan “{name}” tidak dikenal.", field="policies")
    return _registry[name]


def registered() -> list[Policy]:
    """Return all policies by name."""
    return [_registry[name] for name in sorted(_registry)]


COLLECTIVE_LEAVE_OFF = register(
    Policy(
        "collective_leave_off",
        True,
        "Cuti bersama tidak dihitung sebagai hari kerja",
        "Tenggat hari kerja melewati cuti bersama. Matikan bila kantor tetap buka pada cuti bersama.",
    )
)
DOMICILE_REQUIRED = register(
    Policy(
        "domicile_required",
        False,
        "Kartu AK-1 hanya untuk warga kota",
        "Pemohon harus beralamat di kota ini. Bawaan: tidak, karena AK-1 berlaku nasional.",
    )
)
MINIMUM_AGE = register(
    Policy(
        "minimum_age",
        15,
        "Umur paling muda pencari kerja (tahun)",
        "Pemohon yang lebih muda ditolak. Bawaan 15, batas bawah umur kerja dalam statistik IPK.",
        minimum=13,
        maximum=21,
    )
)
