import pytest

from museum.collection.rights import licence_name


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
