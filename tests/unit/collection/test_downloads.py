import pytest

from museum.collection.downloads import MOST_PIXELS, download_sizes
from museum.web.iiif.parameters import MAX_PIXELS

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize(
    ("whole", "sizes"),
    [
        ((500, 300), [(500, 300)]),
        ((1000, 700), [(1000, 700)]),
        ((3000, 1500), [(1000, 500), (2500, 1250), (3000, 1500)]),
        ((1500, 6000), [(250, 1000), (625, 2500), (1500, 6000)]),
    ],
)
def test_smaller_sizes_and_the_whole_are_offered(whole: tuple[int, int], sizes: list[tuple[int, int]]) -> None:
    assert download_sizes(*whole, CC0) == sizes


def test_the_largest_is_one_that_the_image_service_answers() -> None:
    assert MOST_PIXELS == MAX_PIXELS
    width, height = download_sizes(40_000, 30_000, CC0)[-1]
    assert 0.99 * MAX_PIXELS < width * height <= MAX_PIXELS
    assert width / height == pytest.approx(4 / 3, rel=1e-3)
    assert download_sizes(40_000, 1, CC0)[0] == (1000, 1)


@pytest.mark.parametrize("rights", [None, "", "© 天津博物館", "http://rightsstatements.org/vocab/InC/1.0/"])
def test_nothing_is_offered_without_the_right_to_it(rights: str | None) -> None:
    assert download_sizes(3000, 1500, rights) == []
