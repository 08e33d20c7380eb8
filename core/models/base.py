"""What every record of the office has in common."""

import uuid

from django.db import models
from django_fsm import FSMField


class Moment(models.DateTimeField):
    """A time that sets itself: now, or `_history_date` of a record that tells of the past (see `core.bulk`)."""

    def pre_save(self, model_instance, add):
        """Return the time to be written, and set it on the record."""
        told = getattr(model_instance, "_history_date", None)
        if told is None or not (self.auto_now or add):
            return super().pre_save(model_instance, add)
        setattr(model_instance, self.attname, told)
        return told

    def deconstruct(self):
        """Stay a DateTimeField for migrations: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs


class StateField(FSMField):
    """A state that only `core.workflow` changes. To migrations it is the text column that it is.

    The library's field listens to every model that is made, and migrations make each model many times over: with it
    in the migrations, building the database takes twice as long.
    """

    def __init__(self, *args, **kwargs) -> None:
        """Protected, whoever forgets to say so."""
        kwargs["protected"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Stay a CharField for migrations."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


class RecordQuerySet(models.QuerySet):
    """Query set of records; what a user may see starts at ``visible_to``."""

    def visible_to(self, user) -> "RecordQuerySet":
        """Return the rows that `user` may see. Each model says so itself; there is no default that opens."""
        raise NotImplementedError(f"{self.model.__name__} must say who may see its rows")


class Record(models.Model):
    """A row with a public id for URLs, its times, and a version that every write raises by one.

    The version is carried by every form: who sends an old one is told who wrote in between.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = Moment(auto_now_add=True)
    updated_at = Moment(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
