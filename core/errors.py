"""The base of every refusal that a user reads."""


class Refused(Exception):
    """A request that cannot be done, said so that the reader knows why and what to do.

    `message` is Indonesian and complete; `str(error)` is that message. `field` names the form field the cause
    lies in, or is empty when it is the whole request. Nothing has been changed when this is raised.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return self.message
