"""Pictures of the demonstration museum, drawn by parameters from a seed: the same arguments, the same bytes."""

from importlib import import_module

from museum.demo.art.brush import generator
from museum.demo.art.picture import Picture, Traits

__all__ = ["CATEGORIES", "Picture", "Traits", "draw", "size_for"]

CATEGORIES: tuple[str, ...] = (
    "landscape",
    "calligraphy",
    "map",
    "poster",
    "photograph",
    "porcelain",
    "coin",
    "bronze",
    "seal",
    "jade",
)

# Width by height that each category comes in.
_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "landscape": ((1, 2.1), (1, 1.7), (2.6, 1), (1, 1.35), (1.9, 1)),
    "calligraphy": ((1, 2.0), (1, 1.6), (2.2, 1), (1, 1.3)),
    "map": ((1.4, 1), (1.25, 1), (1, 1.2), (1.6, 1)),
    "poster": ((1, 1.42), (1, 1.5), (1, 1.33)),
    "photograph": ((1.4, 1), (1.5, 1), (1.33, 1), (1, 1.3)),
    "porcelain": ((1, 1.25), (1, 1.1), (1, 1.35)),
    "coin": ((1, 1), (1.1, 1), (1.3, 1)),
    "bronze": ((1, 1.2), (1, 1.05), (1, 1.3)),
    "seal": ((1.35, 1), (1.25, 1), (1.5, 1)),
    "jade": ((1.2, 1), (1, 1.15), (1, 1)),
}


def size_for(category: str, seed: int) -> tuple[int, int]:
    """The size (width, height) in pixels that a picture of this seed is drawn at: 2 to 12 megapixels, 3 on average.

    Raises KeyError for a category that is not in CATEGORIES.
    """
    rng = generator(seed, "size", category)
    shapes = _SHAPES[category]
    wide, tall = shapes[int(rng.integers(len(shapes)))]
    ratio = wide / tall * rng.uniform(0.94, 1.06)
    megapixels = 2.1 + min(8.5, rng.exponential(0.85))
    area = megapixels * 1_000_000
    return round((area * ratio) ** 0.5), round((area / ratio) ** 0.5)


def draw(category: str, seed: int, width: int, height: int, traits: Traits) -> Picture:
    """Draw one picture.

    Every category is the module of its name in this package and offers `draw(seed, width, height, traits) -> Picture`.
    Raises ValueError for an unknown category or a side under 64 pixels.
    """
    if category not in CATEGORIES:
        raise ValueError(f"unknown category {category!r}")
    if min(width, height) < 64:
        raise ValueError(f"{width} × {height} is too small to draw")
    picture: Picture = import_module(f"{__name__}.{category}").draw(seed, width, height, traits)
    return picture
