"""Numbers in addresses: a year, and the key of a row. Longer ones lead nowhere, before any database is asked."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class YearConverter(IntConverter):
    """Four digits."""

    regex = "[1-9][0-9]{3}"


class KeyConverter(IntConverter):
    """A whole number that every database can hold."""

    regex = "[0-9]{1,15}"


register_converter(YearConverter, "year")
register_converter(KeyConverter, "key")
