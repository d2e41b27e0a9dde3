# ruff: noqa: E501 (sentences in two languages side by side)
"""Collection records of the ten categories, computed from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from museum.demo.art.picture import Traits
from museum.demo.records import vocabulary as v
from museum.demo.records.drafts import Draft, weighted
from museum.demo.records.drafts_of_things import bronze, coin, jade, porcelain, seal
from museum.demo.records.drafts_on_paper import calligraphy, city_map, landscape, photograph, poster
from museum.demo.records.words import MARK, RIGHTS, Texts, say, sentences

CATEGORIES = ("landscape", "calligraphy", "map", "poster", "photograph", "porcelain", "coin", "bronze", "seal", "jade")
CATEGORY_NAMES: dict[str, Texts] = {
    "landscape": say("山水畫", "Landscapes"),
    "calligraphy": say("法書", "Calligraphy"),
    "map": say("輿圖", "Maps"),
    "poster": say("招貼", "Posters"),
    "photograph": say("照片", "Photographs"),
    "porcelain": say("瓷器", "Porcelain"),
    "coin": say("錢幣", "Coins"),
    "bronze": say("青銅器", "Bronzes"),
    "seal": say("璽印", "Seals"),
    "jade": say("玉器", "Jades"),
}
_LETTERS = dict(zip(CATEGORIES, "畫書圖招影瓷泉銅印玉", strict=True))
_GRADES = (("first", 3), ("second", 9), ("third", 24), ("general", 46), ("ungraded", 18))


@dataclass(frozen=True)
class ArtifactRecord:
    """What the museum writes down about a thing. Sizes in millimetres, years astronomical (221 BCE = -220).

    `traits` is what a drawing of it must show; `keywords` are the subjects that exhibitions and sites select by.
    """

    category: str
    index: int
    accession_number: str
    title: Texts
    period: Texts
    edtf: str
    year_from: int
    year_to: int
    material: Texts
    grade: str
    dimensions: Texts
    width_mm: float
    height_mm: float
    depth_mm: float
    source: Texts
    condition: Texts
    description: Texts
    rights: str
    traits: Traits
    era: str
    keywords: tuple[str, ...]

    def texts(self) -> dict[str, Texts]:
        """All texts by field name."""
        return {
            "title": self.title,
            "period": self.period,
            "material": self.material,
            "dimensions": self.dimensions,
            "source": self.source,
            "condition": self.condition,
            "description": self.description,
        }


_MAKERS: dict[str, Callable[[Random], Draft]] = {
    "landscape": landscape, "calligraphy": calligraphy, "map": city_map, "poster": poster, "photograph": photograph,
    "porcelain": porcelain, "coin": coin, "bronze": bronze, "seal": seal, "jade": jade,
}  # fmt: skip


def artifact_record(category: str, index: int, seed: int) -> ArtifactRecord:
    """The record of the `index`-th artifact of the museum. Raises KeyError for a category not in CATEGORIES.

    Accession numbers are unique as long as indices are; the same arguments always give the same record.
    """
    random = Random(f"{seed}/{category}/{index}")
    draft = _MAKERS[category](random)
    era = draft.era
    year_from, year_to, edtf = era.year_from, era.year_to, era.edtf
    if draft.year is not None:
        year_from, year_to, edtf = draft.year, draft.year, f"{draft.year:04d}~"
    grade = weighted(random, _GRADES if category not in ("photograph", "poster") else _GRADES[2:])
    flat = draft.size[2] == 0
    chinese, english, _ = random.choice(
        [row for row in (v.PAPER_CONDITIONS if flat else v.CONDITIONS) for _ in range(row[2])]
    )
    if chinese == "口沿微磕" and category != "porcelain":
        chinese, english = "局部磨損", "Worn in places"
    dug = category in ("bronze", "jade", "coin") and year_to < 1300
    source = random.choice(v.SOURCES if dug else v.SOURCES[:-1])
    year = random.randint(1953, 2012)
    stories = random.sample(list(draft.stories), random.choice((1, 2, 2)))
    traits = Traits(
        title=draft.title[0], period=era.period, reign=era.reign, inscription=draft.inscription,
        palette=random.randrange(64), variant=random.randrange(64),
    )  # fmt: skip
    return ArtifactRecord(
        category=category,
        index=index,
        accession_number=f"演·{_LETTERS[category]} {index + 1:05d}",
        title=say(*draft.title),
        period=say(era.hant if draft.year is None else f"{era.hant}（約{draft.year}年）", era.en if draft.year is None else f"{era.en} (about {draft.year})"),
        edtf=edtf,
        year_from=year_from,
        year_to=year_to,
        material=say(*draft.material),
        grade=grade,
        dimensions=_dimensions(category, draft),
        width_mm=draft.size[0],
        height_mm=draft.size[1],
        depth_mm=draft.size[2],
        source=say(f"{year}年{source[0]}", f"{source[1]}, {year}"),
        condition=say(chinese, english),
        description=sentences(draft.opening, *stories, MARK),
        rights=RIGHTS,
        traits=traits,
        era=era.key,
        keywords=draft.keywords,
    )  # fmt: skip


def _dimensions(category: str, draft: Draft) -> Texts:
    width, height, depth = draft.size
    if category == "coin" and draft.round:
        return say(
            f"直徑 {width / 10:.2f} 厘米，厚 {depth / 10:.2f} 厘米",
            f"diameter {width / 10:.2f} cm, thickness {depth / 10:.2f} cm",
        )
    if depth == 0:
        return say(f"縱 {height / 10:.1f} 厘米，橫 {width / 10:.1f} 厘米", f"{height / 10:.1f} × {width / 10:.1f} cm")
    if category == "porcelain":
        return say(
            f"高 {height / 10:.1f} 厘米，最大徑 {width / 10:.1f} 厘米",
            f"height {height / 10:.1f} cm, greatest diameter {width / 10:.1f} cm",
        )
    return say(
        f"高 {height / 10:.1f} 厘米，寬 {width / 10:.1f} 厘米，厚 {depth / 10:.1f} 厘米",
        f"height {height / 10:.1f} cm, width {width / 10:.1f} cm, depth {depth / 10:.1f} cm",
    )
