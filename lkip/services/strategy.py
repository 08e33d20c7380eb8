"""Writes of the strategy: statements, units, staff, and the programmes that other offices share."""

from datetime import date, timedelta

from django.db import transaction

from core.models.reference import EducationLevel, Nomenclature, NomenclatureLevel
from lkip.enums import Employment, StatementKind
from lkip.models import CrossCutting, Objective, StaffMember, Statement, Unit
from lkip.services.plan import InvalidPlan
from lkip.services.rows import amend_row, create_row

MATRIX = (StatementKind.STRATEGY, StatementKind.POLICY)


def _check_place(kind: str, objective: Objective | None, parent: Statement | None) -> None:
    """A strategy stands under a sasaran, a policy under a strategy, a misi under the visi; others stand alone."""
    wanted = {StatementKind.POLICY: StatementKind.STRATEGY, StatementKind.MISSION: StatementKind.VISION}
    if parent is not None and wanted.get(kind) != parent.kind:
        raise InvalidPlan("Induk itu bukan tempat untuk jenis pernyataan ini.")
    if objective is not None and kind != StatementKind.STRATEGY:
        raise InvalidPlan("Hanya strategi yang dipasangkan langsung dengan sasaran.")


def save_statement(
    actor,
    *,
    kind: str,
    text: str,
    from_year: int,
    to_year: int | None = None,
    parent: Statement | None = None,
    objective: Objective | None = None,
    reference: str = "",
    position: int = 0,
) -> Statement:
    """Write a new statement of the strategy. Raises InvalidPlan when it stands at a place of another kind."""
    _check_place(kind, objective, parent)
    return create_row(
        Statement,
        actor=actor,
        label=f"{StatementKind(kind).label} dicatat",
        kind=kind,
        text=text,
        from_year=from_year,
        to_year=to_year,
        parent=parent,
        objective=objective,
        reference=reference,
        position=position,
    )


def amend_statement(statement: Statement, *, actor, version: int, **changes) -> Statement:
    """Change a statement; ``to_year`` ends it. Raises InvalidPlan, StaleRecord."""
    _check_place(
        statement.kind,
        changes.get("objective", statement.objective),
        changes.get("parent", statement.parent),
    )
    if changes.get("parent") == statement:
        raise InvalidPlan("Pernyataan tidak bisa menjadi induknya sendiri.")
    return amend_row(statement, actor=actor, version=version, label="Pernyataan diubah", **changes)


def save_unit(
    actor,
    *,
    key: str,
    name: str,
    parent: Unit | None = None,
    head_post: str = "",
    duty: str = "",
    section=None,
    position: int = 0,
) -> Unit:
    """Add a box to the organisation chart. Raises InvalidPlan when the key is taken."""
    if Unit.objects.filter(key=key).exists():
        raise InvalidPlan("Kunci unit ini sudah dipakai. Tulis kunci lain.")
    return create_row(
        Unit,
        actor=actor,
        label="Unit dicatat",
        key=key,
        name=name,
        parent=parent,
        head_post=head_post,
        duty=duty,
        section=section,
        position=position,
    )


def amend_unit(unit: Unit, *, actor, version: int, **changes) -> Unit:
    """Change a box of the chart. Raises InvalidPlan when it would hang below itself, and StaleRecord."""
    above = changes.get("parent", unit.parent)
    while above is not None:
        if above.pk == unit.pk:
            raise InvalidPlan("Unit tidak bisa berada di bawah dirinya sendiri.")
        above = above.parent
    return amend_row(unit, actor=actor, version=version, label="Unit diubah", **changes)


def add_staff(
    actor,
    *,
    name: str,
    unit: Unit,
    post: str,
    post_class: str,
    employment: str,
    started_on: date,
    grade: str = "",
    education: EducationLevel | None = None,
    ended_on: date | None = None,
) -> StaffMember:
    """Enter a person's time in a post. Raises InvalidPlan."""
    return create_row(
        StaffMember,
        actor=actor,
        label="Pegawai dicatat",
        name=name,
        unit=unit,
        post=post,
        post_class=post_class,
        employment=employment,
        grade="" if employment == Employment.NON_ASN else grade,
        education=education,
        started_on=started_on,
        ended_on=ended_on,
    )


def amend_staff(member: StaffMember, *, actor, version: int, **changes) -> StaffMember:
    """Mend a mistake in a row of the register. Raises InvalidPlan, StaleRecord."""
    return amend_row(member, actor=actor, version=version, label="Data pegawai diperbaiki", **changes)


def end_staff(member: StaffMember, *, actor, version: int, ended_on: date) -> StaffMember:
    """End the person's time in this post; `ended_on` is the last day. Raises InvalidPlan, StaleRecord."""
    if member.ended_on is not None:
        raise InvalidPlan("Masa jabatan ini sudah berakhir.")
    return amend_row(member, actor=actor, version=version, label="Masa jabatan berakhir", ended_on=ended_on)


@transaction.atomic
def move_staff(member: StaffMember, *, actor, version: int, moved_on: date, **changes) -> StaffMember:
    """Give a person a new row from `moved_on` (promotion, other post, diploma); the old row ends the day before.

    `changes` are the fields that differ. Returns the new row. Raises InvalidPlan, StaleRecord.
    """
    end_staff(member, actor=actor, version=version, ended_on=moved_on - timedelta(days=1))
    kept = ("name", "unit", "post", "post_class", "employment", "grade", "education")
    values = {name: changes.get(name, getattr(member, name)) for name in kept}
    return add_staff(actor, started_on=moved_on, **values)


def save_cross_cutting(
    actor, *, nomenclature: Nomenclature, partner: str, contribution: str, position: int = 0
) -> CrossCutting:
    """Record which other office contributes to a programme, and with what. Raises InvalidPlan."""
    if nomenclature.level != NomenclatureLevel.PROGRAMME:
        raise InvalidPlan("Pilih program, bukan kegiatan atau sub kegiatan.")
    return create_row(
        CrossCutting,
        actor=actor,
        label="Program lintas perangkat daerah dicatat",
        nomenclature=nomenclature,
        partner=partner,
        contribution=contribution,
        position=position,
    )


def amend_cross_cutting(row: CrossCutting, *, actor, version: int, **changes) -> CrossCutting:
    """Change partner or contribution. Raises InvalidPlan, StaleRecord."""
    return amend_row(
        row, actor=actor, version=version, label="Program lintas perangkat daerah diubah", **changes
    )
