"""The formatter as template filters: ``{% load formats %}``, then ``{{ count|number }}``."""

from django import template

from core import formats

register = template.Library()


def _blank_to_none(value):
    return None if value == "" else value


@register.filter
def number(value, decimals: int = 0) -> str:
    """Write a number: 1.234.567; the argument is the number of decimals."""
    return formats.number(_blank_to_none(value), int(decimals))


@register.filter
def percent(value, decimals: int = 2) -> str:
    """Write a value that is already in per cent: 89,64 %."""
    return formats.percent(_blank_to_none(value), int(decimals))


@register.filter
def rupiah(value) -> str:
    """Write an amount of money: Rp 11.872.240.800."""
    return formats.rupiah(_blank_to_none(value))


@register.filter
def signed(value, decimals: int = 2) -> str:
    """Write a difference with its sign: +20,72."""
    return formats.signed(_blank_to_none(value), int(decimals))


@register.filter
def date_long(value) -> str:
    """Write a day: 17 Agustus 2023."""
    return formats.date_long(_blank_to_none(value))


@register.filter
def date_full(value) -> str:
    """Write a day with its weekday: Kamis, 17 Agustus 2023."""
    return formats.date_full(_blank_to_none(value))


@register.filter
def date_short(value) -> str:
    """Write a day in figures: 17-08-2023."""
    return formats.date_short(_blank_to_none(value))


@register.filter
def month_long(value) -> str:
    """Write a month: Agustus 2023."""
    return formats.month_long(_blank_to_none(value))


@register.filter
def time_short(value) -> str:
    """Write a time of day: 14.05."""
    return formats.time_short(_blank_to_none(value))


@register.filter
def datetime_long(value) -> str:
    """Write a moment: 17 Agustus 2023 pukul 14.00 WIB."""
    return formats.datetime_long(_blank_to_none(value))


@register.filter
def terbilang(value) -> str:
    """Write a whole number in words."""
    return formats.terbilang(_blank_to_none(value))
