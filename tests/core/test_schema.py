"""Many tables made in one operation are the tables that one operation each would have made."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.schema import CreateModels

pytestmark = pytest.mark.django_db(transaction=True)


def tables() -> list[migrations.CreateModel]:
    """Two tables, one of which points at the other, at itself and at an account."""
    key = ("id", models.BigAutoField(primary_key=True))
    return [
        migrations.CreateModel("Tree", [key, ("name", models.CharField(max_length=9))]),
        migrations.CreateModel(
            "Leaf",
            [
                key,
                ("tree", models.ForeignKey("orchard.Tree", models.CASCADE)),
                ("beside", models.ForeignKey("self", models.PROTECT, null=True)),
                ("trees", models.ManyToManyField("orchard.Tree", related_name="+")),
                ("weight", models.IntegerField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(weight__gt=0), name="leaf_weighs")],
                "indexes": [models.Index(fields=["weight"], name="leaf_weight")],
            },
        ),
    ]


def made_by(operations: list) -> dict[str, object]:
    """What the database says of the tables after these operations; the operations are then taken back."""
    states = [ProjectState()]
    for operation in operations:
        states.append(states[-1].clone())
        operation.state_forwards("orchard", states[-1])
    with connection.schema_editor(atomic=connection.features.can_rollback_ddl) as editor:
        for operation, before, after in zip(operations, states[:-1], states[1:], strict=True):
            operation.database_forwards("orchard", editor, before, after)
    with connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names(cursor) if n.startswith("orchard_")]
        found = {
            name: (
                [column[:7] for column in connection.introspection.get_table_description(cursor, name)],
                connection.introspection.get_relations(cursor, name),
                connection.introspection.get_constraints(cursor, name),
            )
            for name in names
        }
    with connection.schema_editor(atomic=connection.features.can_rollback_ddl) as editor:
        for operation, before, after in reversed(list(zip(operations, states[:-1], states[1:], strict=True))):
            operation.database_backwards("orchard", editor, after, before)
    with connection.cursor() as cursor:
        assert not [n for n in connection.introspection.table_names(cursor) if n.startswith("orchard_")]
    return found


def test_same_tables_as_one_by_one():
    together = made_by([CreateModels(tables())])
    assert set(together) == {"orchard_tree", "orchard_leaf", "orchard_leaf_trees"}
    assert _without_drawn_names(together) == _without_drawn_names(made_by(tables()))


def test_same_state_as_one_by_one():
    together, apart = ProjectState(), ProjectState()
    CreateModels(tables()).state_forwards("orchard", together)
    for table in tables():
        table.state_forwards("orchard", apart)
    assert together == apart
    assert together.apps.get_model("orchard", "Leaf")._meta.get_field("tree").related_model.__name__ == "Tree"


def _without_drawn_names(found: dict) -> dict:
    """Constraints without the names that the database drew for them."""
    return {
        name: (columns, relations, sorted(str(sorted(rule.items(), key=str)) for rule in rules.values()))
        for name, (columns, relations, rules) in found.items()
    }
