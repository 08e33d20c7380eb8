"""How the columns of a table share its width: by their weights, but none narrower than what must not be broken."""

from collections.abc import Sequence

MOST_OF_ROOM = 0.45
"""A single column never claims more than this part of the width as its least."""


def share(room: float, weights: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return widths that add up to ``room``.

    A column whose share would be less than its least gets its least; the others share what is left. Where even the
    least widths don't fit, all are cut in proportion, so that the table never runs out of its page.
    """
    least = [min(each, room * MOST_OF_ROOM) for each in least]
    wanted = sum(least)
    if wanted >= room:
        return [each * room / wanted for each in least] if wanted else [0.0 for _ in least]
    held: dict[int, float] = {}
    while True:
        left = room - sum(held.values())
        weight = sum(each for place, each in enumerate(weights) if place not in held) or 1
        short = [
            place
            for place, each in enumerate(weights)
            if place not in held and left * each / weight < least[place]
        ]
        if not short:
            return [
                held[place] if place in held else left * each / weight for place, each in enumerate(weights)
            ]
        held |= {place: least[place] for place in short}
