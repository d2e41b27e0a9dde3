"""Drafts of works on paper and silk: landscapes, calligraphy, maps, posters and photographs."""

from __future__ import annotations

from random import Random

from museum.demo.records import vocabulary_pictures as v
from museum.demo.records.chronology import ERAS
from museum.demo.records.drafts import Draft, about, capital, lower_article, places_in

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


def calligraphy(random: Random) -> Draft:
    """A work of calligraphy."""
    era = ERAS[random.choice(_PAINTING_ERAS)]
    script, script_en = random.choice(v.SCRIPTS)
    words, meaning = random.choice(v.VERSES)
    form, form_en = random.choice(v.CALLIGRAPHY_FORMS)
    height = about(random, {"軸": 1320, "屏": 1280, "橫披": 420, "冊頁": 310, "扇面": 190}[form], 0.15)
    width = about(random, height * {"軸": 0.42, "屏": 0.3, "橫披": 2.6, "冊頁": 1.0, "扇面": 2.7}[form], 0.06)
    title = (f"{era.hant}{script}「{words}」{form}", f"{capital(form_en)} in {script_en}: “{meaning}”")
    opening = (f"紙本，{script}書「{words}」。", f"Ink on paper: “{meaning}”, written in {script_en}.")
    return Draft(
        title,
        era,
        ("紙本墨書", "Ink on paper"),
        (width, height, 0),
        v.CALLIGRAPHY_STORIES,
        opening,
        words,
        (script, form),
    )


def landscape(random: Random) -> Draft:
    """A landscape on paper or silk."""
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
    tall = about(random, height, 0.14)
    title = (f"{era.hant}{manner}「{subject}」{form}", f"{subject_en}, {form_en} in {manner_en}")
    opening = (
        f"{ground}{manner}，寫{subject.removesuffix('圖')}之景。",
        f"{capital(manner_en)} on {ground_en}: {lower_article(subject_en)}.",
    )
    material = (f"{ground}{manner}", f"{capital(manner_en)} on {ground_en}")
    return Draft(
        title,
        era,
        material,
        (about(random, tall * proportion, 0.05), tall, 0),
        v.LANDSCAPE_STORIES,
        opening,
        subject.removesuffix("圖"),
        (manner, form),
    )


def city_map(random: Random) -> Draft:
    """A printed map."""
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
    tall = about(random, 720, 0.25)
    title = (f"{era.hant}《{name}》", f"{name_en}, {year}")
    opening = (
        f"約{year}年所繪，以水道與道路為綱，{drawn}。",
        f"Drawn about {year}, ordered by rivers and roads. {drawn_en}.",
    )
    place = places_in(name)
    return Draft(
        title,
        era,
        (drawn, drawn_en),
        (about(random, tall * 1.25), tall, 0),
        v.MAP_STORIES,
        opening,
        name,
        ("輿圖", *place),
        year,
    )


def poster(random: Random) -> Draft:
    """An advertising poster."""
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
    tall = about(random, 780, 0.1)
    keywords = ("招貼", what, place)
    return Draft(
        title,
        era,
        ("紙本彩色石印", "Colour lithograph on paper"),
        (about(random, tall * 0.667, 0.02), tall, 0),
        v.POSTER_STORIES,
        opening,
        f"{shop}{what}",
        keywords,
        year,
    )


def photograph(random: Random) -> Draft:
    """An old photograph."""
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
    title = (f"{place}{view}照片（{year}年）", f"{capital(place_en)}, {view_en}, {year}")
    opening = (f"{year}年前後的{place}，{view}。", f"{capital(place_en)} about {year}: {view_en}.")
    tall = about(random, 150, 0.25)
    return Draft(
        title,
        era,
        (print_, print_en),
        (about(random, tall * 4 / 3, 0.02), tall, 0),
        v.PHOTO_STORIES,
        opening,
        place,
        ("照片", place),
        year,
    )
