"""The demo city: reads a city's data files and makes one year's records of them.

Nothing here knows a city's numbers; they stand in ``portal/cities/<city>/``. The same city gives the same content each
time: chance is seeded by the city's code and the clock is held.
"""
