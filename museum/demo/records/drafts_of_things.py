"""Drafts of things: porcelain, coins, bronzes, jades and seals."""

from __future__ import annotations

from random import Random

from museum.demo.records import vocabulary_metal_stone as metal_stone
from museum.demo.records import vocabulary_porcelain as clay
from museum.demo.records.chronology import ERAS
from museum.demo.records.drafts import Draft, about, article, capital


def porcelain(random: Random) -> Draft:
    """A vessel of porcelain."""
    glaze, glaze_en, reigns, painted = random.choice(clay.GLAZES)
    era = ERAS[random.choice(reigns)]
    form, form_en, height, spread, proportion = random.choice(clay.VESSELS)
    motif = random.choice(clay.MOTIFS) if painted else ("", "")
    tall = round(height + random.uniform(-spread, spread) * 0.9, 1)
    wide = about(random, tall * proportion, 0.05)
    marked = era.reign is not None and random.random() < 0.6
    dynasty = {"ming": "大明", "qing": "大清"}.get(era.period, "")
    inscription = f"{dynasty}{era.reign}年製" if marked else None
    title = (
        f"{era.hant}{glaze}{motif[0]}{form}",
        capital(f"{glaze_en} {form_en}{f' with {motif[1]}' if painted else ''}"),
    )
    where = ("口沿", "lip") if "盤" in form or "碗" in form else ("肩部", "shoulder")
    dressed = (
        f"{form}通體施{glaze}，主題飾{motif[0]}，{where[0]}與足邊各有邊飾。",
        f"{capital(article(form_en))} in {glaze_en} porcelain, painted with {motif[1]} between borders at {where[1]} and foot.",
    )
    bare = (
        f"{form}通體施{glaze}，不著紋飾，以釉色與線條取勝。",
        f"{capital(article(form_en))}, {glaze_en} all over, without ornament: colour and line are all.",
    )
    opening = dressed if painted else bare
    if inscription:
        opening = (
            f"{opening[0][:-1]}，底書「{inscription}」款。",
            f"{opening[1]} The base bears the {era.en.split(' reign')[0]} mark.",
        )
    subject = tuple(k for k in ("龍", "鳳", "蓮", "牡丹", "梅", "菊") if k in motif[0])
    return Draft(
        title, era, ("瓷", "Porcelain"), (wide, tall, wide), (*clay.KILNS, *clay.PORCELAIN_STORIES), opening, inscription,
        (glaze, form, *subject), round=True,
    )  # fmt: skip


def coin(random: Random) -> Draft:
    """A coin."""
    name, name_en, era_key, metal, width, height, legend = random.choice(metal_stone.COINS)
    back, back_en = random.choice(metal_stone.COIN_BACKS)
    era = ERAS[era_key]
    shaped = any(k in name for k in ("布", "刀", "蟻"))
    silver = metal == "silver"
    if shaped or silver:
        back, back_en = random.choice(metal_stone.COIN_BACKS[-2:])
    title = (f"{era.hant}「{name}」（{back}）", f"{name_en}, {back_en}")
    kind = ("銀元", "Struck in silver") if silver else ("鑄幣", "Cast in " + metal_stone.METALS[metal][1].lower())
    opening = (f"{kind[0]}，面文「{legend}」，{back}。", f"{kind[1]}; the face reads {legend} ({name_en}), {back_en}.")
    stories = (
        metal_stone.CURVED_STORIES + metal_stone.COIN_STORIES[2:5]
        if shaped
        else metal_stone.COIN_STORIES[2:6]
        if silver
        else metal_stone.COIN_STORIES
    )
    thick = round(random.uniform(1.2, 2.6), 1)
    return Draft(
        title, era, metal_stone.METALS[metal], (about(random, width, 0.04), about(random, height, 0.04), thick),
        stories, opening, legend, (name, "銀元" if silver else "古錢"), round=not shaped,
    )  # fmt: skip


def bronze(random: Random) -> Draft:
    """A ritual bronze."""
    form, form_en, height, proportion = random.choice(metal_stone.BRONZES)
    motif, motif_en = random.choice(metal_stone.BRONZE_MOTIFS)
    early = form in ("爵", "觚", "卣", "方鼎", "尊", "甗")
    era = ERAS[random.choice(metal_stone.BRONZE_ERAS[:2] if early else metal_stone.BRONZE_ERAS)]
    named = era.key in ("shang", "western-zhou") and random.random() < 0.45
    name = random.choice(metal_stone.BRONZE_NAMES) if named else None
    title = (
        f"{era.hant}「{name}」{motif}{form}" if name else f"{era.hant}{motif}{form}",
        capital(f"{motif_en} {form_en}"),
    )
    if name:
        title = (title[0], f"{title[1]}, inscribed {name}")
    tall = about(random, height, 0.22)
    wide = about(random, tall * proportion, 0.05)
    opening = (
        f"青銅{form}，器身飾{motif}，地紋細密。",
        f"A bronze {form_en} with {motif_en} ornament over a fine ground.",
    )
    stories = metal_stone.BRONZE_STORIES if name else metal_stone.BRONZE_STORIES[:-1]
    return Draft(title, era, ("青銅", "Bronze"), (wide, tall, wide), stories, opening, name, (form, motif))


def jade(random: Random) -> Draft:
    """A jade."""
    form, form_en, eras, height, proportion = random.choice(metal_stone.JADES)
    era = ERAS[random.choice(eras)]
    stone, stone_en = random.choice(metal_stone.JADE_STONES)
    motif, motif_en = random.choice(metal_stone.JADE_MOTIFS)
    name = form.removeprefix("玉")
    tall = about(random, height, 0.2)
    wide = tall if proportion == 1.0 else about(random, tall * proportion, 0.04)
    plain = motif == "素面"
    title = (f"{era.hant}{stone}{motif}{name}", capital(f"{stone_en} {form_en}, {motif_en}"))
    opening = (
        f"{stone}質，{'通體光素' if plain else f'器表琢{motif}'}，磨光細緻。",
        f"Of {stone_en}, {'left plain' if plain else f'worked with a {motif_en}'}, and finely polished.",
    )
    thick = about(random, {"璧": 8, "璜": 6, "環": 9}.get(name, wide * 0.35 if proportion < 2 else 12), 0.2)
    return Draft(
        title,
        era,
        (stone, capital(stone_en)),
        (wide, tall, thick),
        metal_stone.JADE_STORIES,
        opening,
        None,
        (name, stone),
    )


def seal(random: Random) -> Draft:
    """A seal of stone."""
    era = ERAS[random.choice(("ming", "wanli", "kangxi", "qianlong", "jiaqing", "daoguang", "guangxu", "republic"))]
    stone, stone_en = random.choice(metal_stone.SEAL_STONES)
    words, meaning = random.choice(metal_stone.SEAL_TEXTS)
    knob, knob_en = random.choice(metal_stone.KNOBS)
    carved, carved_en = random.choice((("朱文", "in relief"), ("白文", "in intaglio")))
    side = round(random.uniform(18, 42), 1)
    title = (f"{era.hant}「{words}」{stone}{knob}印", f"{capital(stone_en)} seal with {knob_en}: “{meaning}”")
    opening = (
        f"印面{carved}「{words}」，{knob}。",
        f"The face reads “{meaning}”, cut {carved_en}, under {article(knob_en)}.",
    )
    return Draft(
        title, era, (stone, capital(stone_en)), (side, about(random, side * 1.9, 0.2), side), metal_stone.SEAL_STORIES, opening,
        words, (stone, knob, carved),
    )  # fmt: skip
