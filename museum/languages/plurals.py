"""Which form of a counted text a number takes in a language: the plural rules of Unicode CLDR for whole numbers. Pure.

The viewer asks `Intl.PluralRules` for the same. Left out are the forms that a few languages keep for whole millions. A language that is
not named here tells one from many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

FORMS = ("zero", "one", "two", "few", "many")
"""Forms that a text may have beside the general one, `other`, which is the text itself."""
OTHER = "other"

Rule = Callable[[int], str]


def _alike(_: int) -> str:
    return OTHER


def _single(n: int) -> str:
    return "one" if n == 1 else OTHER


def _up_to_one(n: int) -> str:
    return "one" if n <= 1 else OTHER


def _arabic(n: int) -> str:
    if n <= 2:
        return FORMS[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else OTHER


def _slavic(n: int, one: bool, otherwise: str) -> str:
    if one:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else otherwise


def _russian(n: int) -> str:
    return _slavic(n, n % 10 == 1 and n % 100 != 11, "many")


def _polish(n: int) -> str:
    return _slavic(n, n == 1, "many")


def _serbian(n: int) -> str:
    return _slavic(n, n % 10 == 1 and n % 100 != 11, OTHER)


def _czech(n: int) -> str:
    return "one" if n == 1 else "few" if 2 <= n <= 4 else OTHER


def _slovene(n: int) -> str:
    return {1: "one", 2: "two", 3: "few", 4: "few"}.get(n % 100, OTHER)


def _welsh(n: int) -> str:
    return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, OTHER)


def _irish(n: int) -> str:
    return {1: "one", 2: "two"}.get(n, "few" if 3 <= n <= 6 else "many" if 7 <= n <= 10 else OTHER)


def _gaelic(n: int) -> str:
    if n in (1, 11):
        return "one"
    return "two" if n in (2, 12) else "few" if 3 <= n <= 19 else OTHER


def _manx(n: int) -> str:
    return "few" if n % 20 == 0 else {1: "one", 2: "two"}.get(n % 10, OTHER)


def _breton(n: int) -> str:
    if n % 100 // 10 in (1, 7, 9):
        return OTHER
    return {1: "one", 2: "two", 3: "few", 4: "few", 9: "few"}.get(n % 10, OTHER)


def _dual(n: int) -> str:
    return {1: "one", 2: "two"}.get(n, OTHER)


def _icelandic(n: int) -> str:
    return "one" if n % 10 == 1 and n % 100 != 11 else OTHER


def _colognian(n: int) -> str:
    return {0: "zero", 1: "one"}.get(n, OTHER)


def _lithuanian(n: int) -> str:
    if 11 <= n % 100 <= 19 or n % 10 == 0:
        return OTHER
    return "one" if n % 10 == 1 else "few"


def _latvian(n: int) -> str:
    if 11 <= n % 100 <= 19 or n % 10 == 0:
        return "zero"
    return "one" if n % 10 == 1 else OTHER


def _romanian(n: int) -> str:
    return "one" if n == 1 else "few" if n == 0 or 1 <= n % 100 <= 19 else OTHER


def _maltese(n: int) -> str:
    if n in (1, 2):
        return FORMS[n]
    return "few" if n == 0 or 3 <= n % 100 <= 10 else "many" if 11 <= n % 100 <= 19 else OTHER


def _filipino(n: int) -> str:
    return OTHER if n % 10 in (4, 6, 9) else "one"


def _tachelhit(n: int) -> str:
    return "one" if n <= 1 else "few" if n <= 10 else OTHER


def _tamazight(n: int) -> str:
    return "one" if n <= 1 or 11 <= n <= 99 else OTHER


_RULES: Mapping[Rule, str] = {
    _alike: "bm bo dz id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi vi wo yo yue zh",
    _up_to_one: "am as bn fa ff fr gu guw hi hy kab kn ln mg nso pa pcm pt si ti wa zu",
    _arabic: "ar",
    _russian: "be ru uk",
    _polish: "pl",
    _serbian: "bs hr sr",
    _czech: "cs sk",
    _slovene: "dsb hsb sl",
    _welsh: "cy",
    _irish: "ga",
    _gaelic: "gd",
    _manx: "gv",
    _breton: "br",
    _dual: "he iu naq sat se sma smi smj smn sms",
    _icelandic: "is mk",
    _colognian: "ksh lag",
    _lithuanian: "lt",
    _latvian: "lv prg",
    _romanian: "ro",
    _maltese: "mt",
    _filipino: "ceb fil",
    _tachelhit: "shi",
    _tamazight: "tzm",
}
_BY_LANGUAGE = {tag: rule for rule, tags in _RULES.items() for tag in tags.split()}
_SEEN = range(200)
"""Numbers that show every form of a language, and which have it."""


def form_of(tag: str, number: int) -> str:
    """The form, one of FORMS or `other`, that so many things take in the language of a BCP 47 tag."""
    # Portugal counts as Spain does, Brazil as France.
    rule = _single if tag == "pt-PT" else _BY_LANGUAGE.get(tag.partition("-")[0], _single)
    return rule(abs(number))


@cache
def numbers_of(tag: str) -> Mapping[str, tuple[int, ...]]:
    """The forms that a language has beside the general one, in their usual order, with the first numbers that take each."""
    found: dict[str, list[int]] = {}
    for number in _SEEN:
        found.setdefault(form_of(tag, number), []).append(number)
    return {form: tuple(found[form]) for form in FORMS if form in found}


def base_of(key: str) -> tuple[str, str]:
    """The key of the general text, and the form, of a key such as `scene-count.few`; the form of any other is `other`."""
    base, _, form = key.rpartition(".")
    return (base, form) if form in FORMS and base else (key, OTHER)
