# ruff: noqa: E501 (sentences in two languages side by side)
"""The sites: where their landmark lies, what years they are shown in, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from museum.demo.records.words import Term, Texts, say, sentences

COMPUTED: Term = (
    "這是依史料印象由程式計算生成的演示場景，並非實景照片。",
    "A computed demonstration after impressions of the period, not a photograph.",
)
FIRST_VIEW = (0.0, 6.0, 80.0)
"""Yaw beside the landmark, pitch and vertical field of view, degrees, in which a moment opens."""


@dataclass(frozen=True)
class MomentPlan:
    """One era of a site. `north` is the true heading, in degrees, of the panorama's forward direction; `era` 0 … 2 its look."""

    year: int
    north: float
    era: int
    landmark_heading: float
    title: Term
    description: Term

    def texts(self) -> dict[str, Texts]:
        return {"title": say(*self.title), "description": sentences(self.description, COMPUTED)}

    @property
    def landmark_yaw(self) -> float:
        """Yaw of the landmark in the panorama, −180 … 180 degrees."""
        return (self.landmark_heading - self.north + 180) % 360 - 180

    @property
    def portal_view(self) -> tuple[float, float, float]:
        """Yaw, pitch and field of view, degrees, of the first look: toward the landmark."""
        return self.landmark_yaw + FIRST_VIEW[0], FIRST_VIEW[1], FIRST_VIEW[2]


@dataclass(frozen=True)
class SitePlan:
    """A place. Photographs in the museum that show it carry `keyword`; `landmark_heading` is degrees from true north."""

    slug: str
    keyword: str
    landmark_heading: float
    title: Term
    description: Term
    moments: tuple[MomentPlan, ...]

    def texts(self) -> dict[str, Texts]:
        """Title and description of the venue."""
        return {"title": say(*self.title), "description": sentences(self.description, COMPUTED)}

    def place_texts(self) -> dict[str, Texts]:
        """Title and description of the standing point from which every era is seen."""
        title = (f"{self.title[0]} · 三個時代", f"{self.title[1]} in Three Eras")
        years = [moment.year for moment in self.moments]
        description = (
            f"同一立足點，{years[0]}、{years[1]}、{years[2]} 三個年代；視線所向，真北不變。",
            f"One standing point in {years[0]}, {years[1]} and {years[2]}; whichever way you look, north stays north.",
        )
        return {"title": say(*title), "description": sentences(description, COMPUTED)}


def _site(
    slug: str, heading: float, title: Term, description: Term, *moments: tuple[int, float, Term, Term]
) -> SitePlan:
    made = tuple(
        MomentPlan(year, north, era, heading, name, words) for era, (year, north, name, words) in enumerate(moments)
    )
    return SitePlan(slug, title[0], heading, title, description, made)


@cache
def _sites() -> tuple[SitePlan, ...]:
    return (
        _site(
            "old-railway-station", 40,
            ("老龍頭車站", "The Old Railway Station"),
            ("海河東岸的老車站。鐵路到了天津，也把京師、塘沽與關外帶到了站前廣場。", "The old station on the east bank of the Hai River. The railway reached Tianjin and brought the capital, Tanggu and the north-east to this square."),
            (1892, 10, ("老龍頭車站 · 1892", "The Old Railway Station, 1892"), ("通車未久，站前還是土路。挑夫、人力車和辮子客在鐘樓下等車。", "The line is new and the square still earth. Porters, rickshaws and travellers wait below the clock.")),
            (1937, 75, ("老龍頭車站 · 1937", "The Old Railway Station, 1937"), ("石塊鋪成了廣場，電車在站前轉彎，洋行與旅館圍了上來。", "Setts cover the square, trams turn before the station, trading houses and hotels have moved in around it.")),
            (2020, 320, ("老龍頭車站 · 2020", "The Old Railway Station, 2020"), ("老站房仍在原處，身後是玻璃高樓，腳下是寬闊的步行廣場。", "The old building has kept its place; glass towers rise behind it and a wide square for walkers lies at its feet.")),
        ),
        _site(
            "drum-tower", 270,
            ("鼓樓", "The Drum Tower"),
            ("老城中心的鼓樓，四面通衢，晨鐘一百零八響。", "The Drum Tower at the heart of the old town: four streets meet under its arch, and its bell once struck a hundred and eight times at dawn."),
            (1885, 250, ("鼓樓 · 1885", "The Drum Tower, 1885"), ("青磚鋪面夾道而立，幌子低垂，車轍在土路上交錯。", "Grey-brick shops line the street, their signs hang low, and cart ruts cross in the earth.")),
            (1931, 305, ("鼓樓 · 1931", "The Drum Tower, 1931"), ("電線牽過屋脊，街面鋪了石板，綢緞莊添了洋式門臉。", "Wires run above the roofs, flagstones cover the street, and the silk shops have put on Western fronts.")),
            (2020, 220, ("鼓樓 · 2020", "The Drum Tower, 2020"), ("重修的街市紅燈高掛，遠處的高樓替舊城立起新的天際線。", "Lanterns hang in the restored street, and towers in the distance give the old town a new skyline.")),
        ),
        _site(
            "hai-river-bridge", 65,
            ("海河鐵橋", "The Hai River Bridge"),
            ("橫跨海河的鋼桁架鐵橋。船從橋下走，電車從橋上過。", "A steel truss across the Hai River: boats pass below, trams above."),
            (1906, 35, ("海河鐵橋 · 1906", "The Hai River Bridge, 1906"), ("鐵橋新成，帆船泊滿河沿，對岸是貨棧與低矮的民房。", "The bridge is new; junks lie along the bank, and across the water stand warehouses and low houses.")),
            (1937, 100, ("海河鐵橋 · 1937", "The Hai River Bridge, 1937"), ("碼頭砌起石岸，銀行與洋行的穹頂在對岸排開。", "The quay has been built in stone, and banks and trading houses show their domes on the far side.")),
            (2020, 345, ("海河鐵橋 · 2020", "The Hai River Bridge, 2020"), ("河水清靜，步道沿岸，鐵橋在玻璃樓群前成了舊日的輪廓。", "The water is quiet, a promenade follows the bank, and the bridge is an old outline before towers of glass.")),
        ),
        _site(
            "five-avenues", 150,
            ("五大道", "The Five Avenues"),
            ("梧桐樹下的小洋樓街區：一座帶圓塔的宅院，三個年代的街角。", "A quarter of villas under plane trees: a house with a round tower, and its street corner in three eras."),
            (1921, 180, ("五大道 · 1921", "The Five Avenues, 1921"), ("窪地填平不久，新宅落成，行道樹剛剛栽下。", "The marsh has just been filled, the house is new, and the street trees only planted.")),
            (1948, 115, ("五大道 · 1948", "The Five Avenues, 1948"), ("樹已成蔭，院牆相連，黃包車停在門前。", "The trees give shade now, garden walls join up, and a rickshaw waits at the gate.")),
            (2019, 200, ("五大道 · 2019", "The Five Avenues, 2019"), ("老宅修葺一新，海棠與梧桐之間，遠處已是高樓。", "The house has been restored; beyond crab-apple and plane trees stand the towers of today.")),
        ),
    )  # fmt: skip


def sites() -> list[SitePlan]:
    """All sites, three moments each, oldest first."""
    return list(_sites())
