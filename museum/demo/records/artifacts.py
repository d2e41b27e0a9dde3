# ruff: noqa: E501 (sentences in two languages side by side)
"""Collection records of the ten categories, computed from a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from museum.demo.art.picture import Traits
from museum.demo.records import vocabulary as v
from museum.demo.records.chronology import ERAS, Era
from museum.demo.records.words import MARK, RIGHTS, Term, Texts, say, sentences

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
_Item = TypeVar("_Item")


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


@dataclass(frozen=True)
class _Draft:
    """What a category decides about a thing: depth 0 for flat works."""

    title: Term
    era: Era
    material: Term
    size: tuple[float, float, float]
    stories: Sequence[Term]
    opening: Term
    inscription: str | None = None
    keywords: tuple[str, ...] = ()
    year: int | None = None
    round: bool = False


def _weighted(random: Random, rows: Sequence[tuple[_Item, int]]) -> _Item:
    return random.choices([row[0] for row in rows], [row[1] for row in rows])[0]


def _about(random: Random, value: float, spread: float = 0.06) -> float:
    return round(value * random.uniform(1 - spread, 1 + spread), 1)


def _porcelain(random: Random) -> _Draft:
    glaze, glaze_en, reigns, painted = random.choice(v.GLAZES)
    era = ERAS[random.choice(reigns)]
    form, form_en, height, spread, proportion = random.choice(v.VESSELS)
    motif = random.choice(v.MOTIFS) if painted else ("", "")
    tall = round(height + random.uniform(-spread, spread) * 0.9, 1)
    wide = _about(random, tall * proportion, 0.05)
    marked = era.reign is not None and random.random() < 0.6
    dynasty = {"ming": "大明", "qing": "大清"}.get(era.period, "")
    inscription = f"{dynasty}{era.reign}年製" if marked else None
    title = (
        f"{era.hant}{glaze}{motif[0]}{form}",
        _capital(f"{glaze_en} {form_en}{f' with {motif[1]}' if painted else ''}"),
    )
    where = ("口沿", "lip") if "盤" in form or "碗" in form else ("肩部", "shoulder")
    dressed = (
        f"{form}通體施{glaze}，主題飾{motif[0]}，{where[0]}與足邊各有邊飾。",
        f"{_capital(_article(form_en))} in {glaze_en} porcelain, painted with {motif[1]} between borders at {where[1]} and foot.",
    )
    bare = (
        f"{form}通體施{glaze}，不著紋飾，以釉色與線條取勝。",
        f"{_capital(_article(form_en))}, {glaze_en} all over, without ornament: colour and line are all.",
    )
    opening = dressed if painted else bare
    if inscription:
        opening = (
            f"{opening[0][:-1]}，底書「{inscription}」款。",
            f"{opening[1]} The base bears the {era.en.split(' reign')[0]} mark.",
        )
    subject = tuple(k for k in ("龍", "鳳", "蓮", "牡丹", "梅", "菊") if k in motif[0])
    return _Draft(
        title, era, ("瓷", "Porcelain"), (wide, tall, wide), (*v.KILNS, *v.PORCELAIN_STORIES), opening, inscription,
        (glaze, form, *subject), round=True,
    )  # fmt: skip


def _coin(random: Random) -> _Draft:
    name, name_en, era_key, metal, width, height, legend = random.choice(v.COINS)
    back, back_en = random.choice(v.COIN_BACKS)
    era = ERAS[era_key]
    shaped = any(k in name for k in ("布", "刀", "蟻"))
    silver = metal == "silver"
    if shaped or silver:
        back, back_en = random.choice(v.COIN_BACKS[-2:])
    title = (f"{era.hant}「{name}」（{back}）", f"{name_en}, {back_en}")
    kind = ("銀元", "Struck in silver") if silver else ("鑄幣", "Cast in " + v.METALS[metal][1].lower())
    opening = (f"{kind[0]}，面文「{legend}」，{back}。", f"{kind[1]}; the face reads {legend} ({name_en}), {back_en}.")
    stories = v.CURVED_STORIES + v.COIN_STORIES[2:5] if shaped else v.COIN_STORIES[2:6] if silver else v.COIN_STORIES
    thick = round(random.uniform(1.2, 2.6), 1)
    return _Draft(
        title, era, v.METALS[metal], (_about(random, width, 0.04), _about(random, height, 0.04), thick),
        stories, opening, legend, (name, "銀元" if silver else "古錢"), round=not shaped,
    )  # fmt: skip


def _bronze(random: Random) -> _Draft:
    form, form_en, height, proportion = random.choice(v.BRONZES)
    motif, motif_en = random.choice(v.BRONZE_MOTIFS)
    early = form in ("爵", "觚", "卣", "方鼎", "尊", "甗")
    era = ERAS[random.choice(v.BRONZE_ERAS[:2] if early else v.BRONZE_ERAS)]
    named = era.key in ("shang", "western-zhou") and random.random() < 0.45
    name = random.choice(v.BRONZE_NAMES) if named else None
    title = (
        f"{era.hant}「{name}」{motif}{form}" if name else f"{era.hant}{motif}{form}",
        _capital(f"{motif_en} {form_en}"),
    )
    if name:
        title = (title[0], f"{title[1]}, inscribed {name}")
    tall = _about(random, height, 0.22)
    wide = _about(random, tall * proportion, 0.05)
    opening = (
        f"青銅{form}，器身飾{motif}，地紋細密。",
        f"A bronze {form_en} with {motif_en} ornament over a fine ground.",
    )
    stories = v.BRONZE_STORIES if name else v.BRONZE_STORIES[:-1]
    return _Draft(title, era, ("青銅", "Bronze"), (wide, tall, wide), stories, opening, name, (form, motif))


def _jade(random: Random) -> _Draft:
    form, form_en, eras, height, proportion = random.choice(v.JADES)
    era = ERAS[random.choice(eras)]
    stone, stone_en = random.choice(v.JADE_STONES)
    motif, motif_en = random.choice(v.JADE_MOTIFS)
    name = form.removeprefix("玉")
    tall = _about(random, height, 0.2)
    wide = tall if proportion == 1.0 else _about(random, tall * proportion, 0.04)
    plain = motif == "素面"
    title = (f"{era.hant}{stone}{motif}{name}", _capital(f"{stone_en} {form_en}, {motif_en}"))
    opening = (
        f"{stone}質，{'通體光素' if plain else f'器表琢{motif}'}，磨光細緻。",
        f"Of {stone_en}, {'left plain' if plain else f'worked with a {motif_en}'}, and finely polished.",
    )
    thick = _about(random, {"璧": 8, "璜": 6, "環": 9}.get(name, wide * 0.35 if proportion < 2 else 12), 0.2)
    return _Draft(
        title, era, (stone, _capital(stone_en)), (wide, tall, thick), v.JADE_STORIES, opening, None, (name, stone)
    )


def _seal(random: Random) -> _Draft:
    era = ERAS[random.choice(("ming", "wanli", "kangxi", "qianlong", "jiaqing", "daoguang", "guangxu", "republic"))]
    stone, stone_en = random.choice(v.SEAL_STONES)
    words, meaning = random.choice(v.SEAL_TEXTS)
    knob, knob_en = random.choice(v.KNOBS)
    carved, carved_en = random.choice((("朱文", "in relief"), ("白文", "in intaglio")))
    side = round(random.uniform(18, 42), 1)
    title = (f"{era.hant}「{words}」{stone}{knob}印", f"{_capital(stone_en)} seal with {knob_en}: “{meaning}”")
    opening = (
        f"印面{carved}「{words}」，{knob}。",
        f"The face reads “{meaning}”, cut {carved_en}, under {_article(knob_en)}.",
    )
    return _Draft(
        title, era, (stone, _capital(stone_en)), (side, _about(random, side * 1.9, 0.2), side), v.SEAL_STORIES, opening,
        words, (stone, knob, carved),
    )  # fmt: skip


_PAINTING_ERAS = (
    "ming",
    "jiajing",
    "wanli",
    "chongzhen",
    "kangxi",
    "yongzheng",
    "qianlong",
    "jiaqing",
    "daoguang",
    "guangxu",
    "republic",
)


def _calligraphy(random: Random) -> _Draft:
    era = ERAS[random.choice(_PAINTING_ERAS)]
    script, script_en = random.choice(v.SCRIPTS)
    words, meaning = random.choice(v.VERSES)
    form, form_en = random.choice(v.CALLIGRAPHY_FORMS)
    height = _about(random, {"軸": 1320, "屏": 1280, "橫披": 420, "冊頁": 310, "扇面": 190}[form], 0.15)
    width = _about(random, height * {"軸": 0.42, "屏": 0.3, "橫披": 2.6, "冊頁": 1.0, "扇面": 2.7}[form], 0.06)
    title = (f"{era.hant}{script}「{words}」{form}", f"{_capital(form_en)} in {script_en}: “{meaning}”")
    opening = (f"紙本，{script}書「{words}」。", f"Ink on paper: “{meaning}”, written in {script_en}.")
    return _Draft(
        title,
        era,
        ("紙本墨書", "Ink on paper"),
        (width, height, 0),
        v.CALLIGRAPHY_STORIES,
        opening,
        words,
        (script, form),
    )


def _landscape(random: Random) -> _Draft:
    era = ERAS[random.choice(_PAINTING_ERAS)]
    subject, subject_en = random.choice(v.LANDSCAPES)
    manner, manner_en = random.choice(v.MANNERS)
    ground, ground_en = random.choice((("紙本", "paper"), ("絹本", "silk")))
    form, form_en, height, proportion = random.choice(
        (
            ("軸", "hanging scroll", 1380, 0.46),
            ("卷", "handscroll", 330, 5.2),
            ("冊頁", "album leaf", 340, 1.0),
            ("扇面", "fan leaf", 200, 2.6),
        )
    )
    tall = _about(random, height, 0.14)
    title = (f"{era.hant}{manner}「{subject}」{form}", f"{subject_en}, {form_en} in {manner_en}")
    opening = (
        f"{ground}{manner}，寫{subject.removesuffix('圖')}之景。",
        f"{_capital(manner_en)} on {ground_en}: {_lower_article(subject_en)}.",
    )
    material = (f"{ground}{manner}", f"{_capital(manner_en)} on {ground_en}")
    return _Draft(
        title,
        era,
        material,
        (_about(random, tall * proportion, 0.05), tall, 0),
        v.LANDSCAPE_STORIES,
        opening,
        subject.removesuffix("圖"),
        (manner, form),
    )


def _map(random: Random) -> _Draft:
    era = ERAS[random.choice(("qianlong", "jiaqing", "daoguang", "tongzhi", "guangxu", "xuantong", "republic"))]
    choices = (
        v.MAPS
        if era.year_from >= 1875
        else tuple(m for m in v.MAPS if not any(k in m[0] for k in ("鐵路", "租界", "市街")))
    )
    name, name_en = random.choice(choices)
    drawn, drawn_en = (
        ("紙本印刷", "Printed on paper")
        if era.year_from > 1874
        else random.choice((("紙本設色", "Ink and colours on paper"), ("絹本設色", "Ink and colours on silk")))
    )
    year = random.randint(max(era.year_from, 1740), min(era.year_to, 1948))
    tall = _about(random, 720, 0.25)
    title = (f"{era.hant}《{name}》", f"{name_en}, {year}")
    opening = (
        f"約{year}年所繪，以水道與道路為綱，{drawn}。",
        f"Drawn about {year}, ordered by rivers and roads. {drawn_en}.",
    )
    place = _places_in(name)
    return _Draft(
        title,
        era,
        (drawn, drawn_en),
        (_about(random, tall * 1.25), tall, 0),
        v.MAP_STORIES,
        opening,
        name,
        ("輿圖", *place),
        year,
    )


def _poster(random: Random) -> _Draft:
    year = random.randint(1905, 1948)
    era = ERAS["guangxu" if year < 1909 else "xuantong" if year < 1912 else "republic"]
    what, what_en = random.choice(v.POSTERS)
    shop = random.choice(v.SHOP_NAMES)
    place, place_en = random.choice(v.PLACES)
    title = (f"{era.hant}「{shop}」{what}招貼", f"{what_en}: poster of a Tianjin house, {year}")
    opening = (
        f"{year}年前後，{shop}號（虛構）為{what}所印，畫中可見{place}。",
        f"Printed about {year} for an invented firm: {what_en.lower()}, with {place_en} in the picture.",
    )
    tall = _about(random, 780, 0.1)
    keywords = ("招貼", what, place)
    return _Draft(
        title,
        era,
        ("紙本彩色石印", "Colour lithograph on paper"),
        (_about(random, tall * 0.667, 0.02), tall, 0),
        v.POSTER_STORIES,
        opening,
        f"{shop}{what}",
        keywords,
        year,
    )


def _photograph(random: Random) -> _Draft:
    year = random.randint(1874, 1962)
    era = ERAS[
        "tongzhi"
        if year < 1875
        else "guangxu"
        if year < 1909
        else "xuantong"
        if year < 1912
        else "republic"
        if year < 1950
        else "modern"
    ]
    place, place_en = random.choice([p for p in v.PLACES if year > 1928 or p[0] not in ("海河鐵橋", "勸業場")])
    view, view_en = random.choice([s for s in v.SCENES if year > 1906 or s[0] != "電車經過"])
    print_, print_en = (
        random.choice((("蛋白紙照片", "Albumen print"), ("銀鹽紙照片", "Gelatin silver print")))
        if year < 1910
        else ("銀鹽紙照片", "Gelatin silver print")
    )
    title = (f"{place}{view}照片（{year}年）", f"{_capital(place_en)}, {view_en}, {year}")
    opening = (f"{year}年前後的{place}，{view}。", f"{_capital(place_en)} about {year}: {view_en}.")
    tall = _about(random, 150, 0.25)
    return _Draft(
        title,
        era,
        (print_, print_en),
        (_about(random, tall * 4 / 3, 0.02), tall, 0),
        v.PHOTO_STORIES,
        opening,
        place,
        ("照片", place),
        year,
    )


_MAKERS: dict[str, Callable[[Random], _Draft]] = {
    "landscape": _landscape, "calligraphy": _calligraphy, "map": _map, "poster": _poster, "photograph": _photograph,
    "porcelain": _porcelain, "coin": _coin, "bronze": _bronze, "seal": _seal, "jade": _jade,
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
    grade = _weighted(random, _GRADES if category not in ("photograph", "poster") else _GRADES[2:])
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


def _dimensions(category: str, draft: _Draft) -> Texts:
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


def _places_in(name: str) -> tuple[str, ...]:
    return tuple(place for place in ("北塘", "大沽口", "運河", "海河") if place in name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _article(text: str) -> str:
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"


def _lower_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in ("A", "The") else text
