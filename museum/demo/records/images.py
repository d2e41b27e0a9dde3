"""Records of display images: photographs of artifacts and sheets of their own."""

from __future__ import annotations

from dataclasses import dataclass

from museum.demo.art.picture import Traits
from museum.demo.records.artifacts import ArtifactRecord, artifact_record
from museum.demo.records.words import RIGHTS, Term, Texts, say, sentences, simplified

_SEEN: dict[str, Term] = {
    "landscape": (
        "畫中山巒層疊，煙水相間，近處有樹石與屋舍，鈐有朱印。",
        "Hills rise in layers with mist and water between; trees, rocks and a roof stand near, with a red seal.",
    ),
    "calligraphy": (
        "淺色紙上以濃墨直行書寫漢字，末端鈐朱印。",
        "Chinese characters in dark ink run in columns down pale paper, ending in a red seal.",
    ),
    "map": (
        "手繪地圖，河道以彩色標示，兩岸佈列城池、橋樑與地名。",
        "A drawn map: coloured watercourses, with walls, bridges and place names on both banks.",
    ),
    "poster": (
        "彩色招貼，大字在上，畫面為城市、水波與幾何光芒。",
        "A colour poster: large characters above a city, waves and rays.",
    ),
    "photograph": (
        "暖褐色的舊照片，畫面中有街道、建築與行人，邊緣略有褪色。",
        "An old warm-brown photograph of street, buildings and people, fading at the edges.",
    ),
    "porcelain": (
        "瓷器置於素淨背景前，釉面有柔和高光，紋飾環繞器身。",
        "A porcelain vessel before a plain ground, soft light on its glaze, ornament running around it.",
    ),
    "coin": (
        "古代錢幣的正面，錢文凸起，表面帶鏽色。",
        "The face of an old coin, its characters in relief, its surface tinged with patina.",
    ),
    "bronze": (
        "青銅器置於暗色背景前，器身有凸起紋飾與綠鏽。",
        "A bronze vessel before a dark ground, with raised ornament and green patina.",
    ),
    "seal": ("印章與其鈐蓋的朱紅印文。", "A seal together with its impression in red."),
    "jade": (
        "玉器置於素淨背景前，半透的玉質在光下呈現溫潤色澤。",
        "A jade before a plain ground, translucent and mild in the light.",
    ),
}
_VIEWS: tuple[tuple[Term, Term], ...] = (
    (("正面", "front"), ("整體正面，光自左上方來。", "The whole from the front, lit from the upper left.")),
    (("細部", "detail"), ("細部，可放大觀看筆觸與質地。", "A detail; zoom in for brushwork and surface.")),
    (("另一面", "another side"), ("換一個角度所見，光線較低。", "Seen from another side, in lower light.")),
)


@dataclass(frozen=True)
class ImageRecord:
    """A display image; `width_mm`, `height_mm` are the size of the thing shown, `traits` what the drawing must show."""

    category: str
    index: int
    title: Texts
    caption: Texts
    alt: Texts
    rights: str
    width_mm: float
    height_mm: float
    traits: Traits
    year_from: int
    year_to: int
    era: str
    keywords: tuple[str, ...]

    def texts(self) -> dict[str, Texts]:
        """All texts by field name."""
        return {"title": self.title, "caption": self.caption, "alt": self.alt}


def image_record(
    category: str, index: int, seed: int, artifact: ArtifactRecord | None = None, view: int = 0
) -> ImageRecord:
    """The record of the `index`-th image of the museum: the `view`-th photograph of `artifact`, or a display sheet of its own.

    Raises KeyError for an unknown category.
    """
    shown = artifact if artifact is not None else artifact_record(category, index, seed ^ 0x5EED)
    word, told = (
        _VIEWS[view % len(_VIEWS)]
        if artifact is not None
        else (("展圖", "display image"), ("展圖，為展覽而作。", "A display image made for the hall."))
    )
    suffix = view > 0 and artifact is not None
    title = say(f"{shown.title['zh-Hant']}·{word[0]}", f"{shown.title['en']}: {word[1]}") if suffix else shown.title
    caption = sentences(
        (f"{shown.period['zh-Hant']}，{shown.material['zh-Hant']}。", f"{shown.period['en']}. {shown.material['en']}."),
        told,
        ("演示圖像，由程式繪製。", "A demonstration picture, drawn by a program."),
    )
    seen = _SEEN[category]
    alt = {
        "zh-Hant": f"{shown.title['zh-Hant']}：{seen[0]}",
        "zh-Hans": f"{shown.title['zh-Hans']}：{simplified(seen[0])}",
        "en": f"{shown.title['en']}. {seen[1]}",
    }
    return ImageRecord(
        category, index, title, caption, alt, RIGHTS, shown.width_mm, shown.height_mm, shown.traits,
        shown.year_from, shown.year_to, shown.era, shown.keywords,
    )  # fmt: skip
