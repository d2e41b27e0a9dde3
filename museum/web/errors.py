"""What a handler raises when it cannot answer: one code, told as a page to people and as JSON to programs."""

from __future__ import annotations


class Problem(Exception):
    """An answer that is an error.

    `code` is kebab-case and has a text `errors.{code}` in the catalogs, filled with `values`; a code without one takes the
    text of its status. `headers` go with the answer. As JSON: `{"error": {"status", "code", "message"}}`.
    """

    def __init__(self, status: int, code: str, headers: dict[str, str] | None = None, **values: object) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.values = values


def not_found() -> Problem:
    """Nothing that this visitor may see lies at the address."""
    return Problem(404, "http-404")
