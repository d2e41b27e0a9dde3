"""Why something that a person asked for was not done. Codes are kebab-case; the pages say them in the person's language."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was changed. `values` fill the placeholders of the message for `code`."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class NotFound(Refused):
    """What was named does not exist (any more), or not for this person."""


class NotAllowed(Refused):
    """The person's role does not reach that far."""


class Overtaken(Refused):
    """Somebody saved the record after this form was opened."""

    def __init__(self) -> None:
        super().__init__("overtaken")
