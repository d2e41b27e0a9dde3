import pytest

from museum.collection.rights import licence_name, may_download, use_of


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/4.0/deed.zh", "CC BY-NC-SA 4.0"),
        ("https://creativecommons.org/licenses/by/3.0/cn/", "CC BY 3.0"),
        ("https://creativecommons.org/about", "creativecommons.org"),
        ("http://rightsstatements.org/vocab/NoC-US/1.0/", "No Copyright – United States"),
        ("https://www.example.org/terms?x=1", "example.org"),
    ],
)
def test_licences_have_the_names_that_people_know(address: str, name: str) -> None:
    assert licence_name(address) == name


@pytest.mark.parametrize(
    ("rights", "use"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", "free"),
        ("http://creativecommons.org/publicdomain/mark/1.0/", "free"),
        ("https://creativecommons.org/licenses/by/4.0/", "credited"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/deed.zh", "credited"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "reserved"),
        ("http://rightsstatements.org/vocab/InC-EDU/1.0/", "reserved"),
        ("http://rightsstatements.org/vocab/NoC-US/1.0/", "free"),
        ("http://rightsstatements.org/vocab/UND/1.0/", "unknown"),
        ("https://evil.example/creativecommons.org/publicdomain/zero/1.0/", "unknown"),
        ("© 天津博物館", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_what_rights_allow(rights: str | None, use: str) -> None:
    assert use_of(rights) == use
    assert may_download(rights) == (use in ("free", "credited"))
