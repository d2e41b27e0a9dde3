# ruff: noqa: E501 (sentences in two languages side by side)
"""Records of the treasures that stand as 3D models in the lobby and the halls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from museum.demo.records.artifacts import ArtifactRecord
from museum.demo.records.chronology import ERAS
from museum.demo.records.treasure_notes import NOTES, NoteRecord
from museum.demo.records.words import MARK, RIGHTS, Texts, say, sentences


@dataclass(frozen=True)
class TreasureRecord:
    """A thing with a 3D model; `form` names its shape, `style` its surface, `height_m` is its real height in metres."""

    index: int
    form: str
    style: str
    category: str
    era: str
    height_m: float
    title: Texts
    alt: Texts
    description: Texts
    rights: str = RIGHTS
    legend: str = ""

    @property
    def notes(self) -> tuple[NoteRecord, ...]:
        """What is written at places on it."""
        return NOTES[self.form]

    def texts(self) -> dict[str, Texts]:
        """Texts of the model's record by field name."""
        return {"title": self.title, "alt": self.alt}


_ROWS: tuple[tuple[str, str, str, str, float, str, str, str, str, str], ...] = (
    # form, style, category, era, height, legend, title, title en, told, told en
    ("meiping", "blue-and-white", "porcelain", "yongle", 0.342, "", "青花纏枝紋梅瓶", "Blue-and-white meiping vase", "小口豐肩，肩下漸收，如立鶴之身。青花發色深入胎骨。", "A small mouth over full shoulders that draw in like a standing crane; the blue sinks deep into the body."),
    ("ding", "bronze", "bronze", "western-zhou", 0.86, "", "獸面紋圓鼎", "Ding tripod with animal masks", "立耳圓腹，三柱足承器。腹上回紋為地，綠鏽斑駁。", "Upright handles, a round belly on three pillar legs; a fret ground under mottled green patina."),
    ("bell", "bronze", "bronze", "spring-autumn", 0.62, "", "蟠螭紋鐘", "Bell with interlaced dragons", "合瓦形器身，鉦間列枚，敲擊可發兩音。", "A body like two joined tiles with rows of bosses: struck in two places it gives two notes."),
    ("gourd", "famille-rose", "porcelain", "qianlong", 0.318, "", "粉彩花卉葫蘆瓶", "Famille-rose double-gourd vase", "葫蘆諧音福祿，上下兩腹相連，彩料如粉。", "The gourd sounds like fortune and rank; two bellies joined, in enamels soft as powder."),
    ("cong", "jade", "jade", "neolithic", 0.118, "", "青玉琮", "Green jade cong tube", "外方內圓，分節刻橫槽，四角對稱。", "Square outside and round within, divided into tiers by grooves, alike at its four corners."),
    ("moonflask", "blue-and-white", "porcelain", "xuande", 0.296, "", "青花抱月瓶", "Blue-and-white moon flask", "扁圓如月，小口直頸，雙耳相抱。", "Flat and round as the moon, with a small neck held between two handles."),
    ("cash", "brass", "coin", "kangxi", 0.028, "康熙通寶", "「康熙通寶」錢", "Kangxi Tongbao cash coin", "外圓內方，面文四字直讀。", "Round without and square within, four characters read from top to bottom, right to left."),
    ("plate", "doucai", "porcelain", "chenghua", 0.046, "", "鬥彩花卉盤", "Doucai dish with flowers", "釉下勾勒，釉上填彩，兩次入窯。", "Outlined under the glaze and filled in over it: fired twice."),
    ("seal", "stone", "seal", "qianlong", 0.072, "明月前身", "獸鈕壽山石印", "Shoushan stone seal with a beast knob", "獸伏於印臺之上，回首而望。", "A beast crouches on the block and looks ahead."),
    ("spade", "bronze", "coin", "warring-states", 0.054, "安陽", "「安陽」平首布", "Spade money of Anyang", "由農具而來的貨幣，首平足方。", "Money that came of a farm tool: flat of head and square of foot."),
    ("gu", "bronze", "bronze", "shang", 0.276, "", "夔龍紋觚", "Gu beaker with kui dragons", "喇叭形口，細腰高足，線條挺拔。", "A trumpet mouth on a slender waist and a tall foot."),
    ("bi", "jade", "jade", "western-han", 0.164, "", "穀紋玉璧", "Jade bi disc with grain pattern", "中有圓孔，兩面穀紋整齊如禾苗初生。", "Pierced at the centre, grain upon both faces like seedlings in rows."),
    ("teapot", "famille-rose", "porcelain", "yongzheng", 0.142, "", "粉彩茶壺", "Famille-rose teapot", "圓腹短流，環形把，蓋上寶珠鈕。", "Round belly, short spout, ring handle, and a pearl on the lid."),
    ("bottle", "underglaze-red", "porcelain", "kangxi", 0.332, "", "釉裡紅長頸瓶", "Underglaze-red long-necked bottle", "銅紅在火中最難掌握，此瓶紅而不飛。", "Copper red is the hardest to hold in the fire; here it stays."),
    ("bowl", "yellow", "porcelain", "hongzhi", 0.086, "", "黃地花卉碗", "Yellow-ground bowl with flowers", "嬌黃如雞油，內外滿釉。", "Yellow as rich butter, glazed within and without."),
)  # fmt: skip


def treasures() -> list[TreasureRecord]:
    """All treasures in order."""
    return [treasure_record(index) for index in range(len(_ROWS))]


def treasure_record(index: int) -> TreasureRecord:
    """The `index`-th treasure. Raises IndexError beyond the last."""
    form, style, category, era_key, height, legend, hant, en, told, told_en = _ROWS[index]
    era = ERAS[era_key]
    title = say(f"{era.hant}{hant}", en)
    alt = say(f"可轉動的三維模型：{era.hant}{hant}。{told}", f"A 3D model to turn: {en}, {era.en}. {told_en}")
    return TreasureRecord(
        index, form, style, category, era_key, height, title, alt, sentences((told, told_en), MARK), legend=legend
    )


def treasure_artifact(treasure: TreasureRecord, record: ArtifactRecord) -> ArtifactRecord:
    """The collection record of a treasure: `record`, with what the treasure says of itself."""
    era = ERAS[treasure.era]
    width = round(treasure.height_m * 1000 * record.width_mm / record.height_mm, 1)
    return replace(
        record,
        title=treasure.title,
        description=treasure.description,
        period=say(era.hant, era.en),
        edtf=era.edtf,
        year_from=era.year_from,
        year_to=era.year_to,
        grade="first",
        height_mm=round(treasure.height_m * 1000, 1),
        width_mm=width,
        dimensions=say(f"高 {treasure.height_m * 100:.1f} 厘米", f"Height {treasure.height_m * 100:.1f} cm"),
        era=era.key,
        traits=replace(
            record.traits,
            title=treasure.title["zh-Hant"],
            period=era.period,
            reign=era.reign,
            inscription=treasure.legend or None,
        ),
    )
