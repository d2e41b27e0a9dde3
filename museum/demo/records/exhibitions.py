# ruff: noqa: E501 (sentences in two languages side by side)
"""The online exhibitions: sections of words, and which items belong into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from museum.demo.records.words import Texts, say, sentences


class Selectable(Protocol):
    """What a selector looks at: an artifact's or an image's record."""

    @property
    def category(self) -> str: ...
    @property
    def era(self) -> str: ...
    @property
    def keywords(self) -> tuple[str, ...]: ...
    @property
    def year_from(self) -> int: ...
    @property
    def year_to(self) -> int: ...


@dataclass(frozen=True)
class Selector:
    """Which items a section shows: every condition given must hold; `keywords` asks for any one of them."""

    categories: tuple[str, ...]
    eras: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    count: int = 6

    def fits(self, item: Selectable) -> bool:
        return (
            item.category in self.categories
            and (not self.eras or item.era in self.eras)
            and (not self.keywords or any(word in own for word in self.keywords for own in item.keywords))
            and (self.years is None or (item.year_from <= self.years[1] and item.year_to >= self.years[0]))
        )

    def choose(self, items: Sequence[Selectable], start: int = 0) -> list[int]:
        """Positions in `items` of up to `count` that fit, spread over all that do. Where fewer than three fit (a small museum),
        items of the same categories fill up, nearest in years first."""
        fitting = [k for k, item in enumerate(items) if self.fits(item)]
        if len(fitting) < min(3, self.count):
            middle = sum(self.years) / 2 if self.years else 1600
            near = [k for k, item in enumerate(items) if item.category in self.categories and k not in set(fitting)]
            near.sort(key=lambda k: abs(items[k].year_from - middle))
            return fitting + near[: self.count - len(fitting)]
        step = max(1, len(fitting) // self.count)
        first = start % step
        return fitting[first::step][: self.count]


@dataclass(frozen=True)
class SectionRecord:
    title: Texts
    body: Texts
    selector: Selector


@dataclass(frozen=True)
class ExhibitionRecord:
    """An online exhibition with its address and its 3 to 5 sections."""

    slug: str
    title: Texts
    subtitle: Texts
    description: Texts
    sections: tuple[SectionRecord, ...]

    def texts(self) -> dict[str, Texts]:
        return {"title": self.title, "subtitle": self.subtitle, "description": self.description}


_S = Selector
_MING = (
    "hongwu",
    "yongle",
    "xuande",
    "chenghua",
    "hongzhi",
    "zhengde",
    "jiajing",
    "longqing",
    "wanli",
    "tianqi",
    "chongzhen",
)
_QING = (
    "shunzhi",
    "kangxi",
    "yongzheng",
    "qianlong",
    "jiaqing",
    "daoguang",
    "xianfeng",
    "tongzhi",
    "guangxu",
    "xuantong",
)
_SONG = ("northern-song", "southern-song", "jin")
_P, _C, _PH, _L, _CA, _B, _J, _SE, _M, _PO = (
    ("porcelain",),
    ("coin",),
    ("photograph",),
    ("landscape",),
    ("calligraphy",),
    ("bronze",),
    ("jade",),
    ("seal",),
    ("map",),
    ("poster",),
)
_Row = tuple[str, str, str, str, str, str, str, tuple[tuple[str, str, str, str, Selector], ...]]
_ROWS: tuple[_Row, ...] = (
    ("blue-over-the-sea", "青花入海", "Blue over the Sea", "一種藍的旅程", "The journey of a blue", "鈷料自遠方來，青花往遠方去。", "Cobalt came from afar, and blue-and-white went farther.", (
        ("初藍", "First blue", "元代以後，匠人學會把握窯中的藍。", "From the Yuan on potters learned to hold blue in the kiln.", _S(_P, ("yuan", "hongwu", "yongle", "xuande"), ("青花",))),
        ("淡雅", "Pale and quiet", "成化一朝，色淡而筆細。", "Under Chenghua the colour grew pale and the brush fine.", _S(_P, ("chenghua", "hongzhi", "zhengde"), ("青花",))),
        ("五色之藍", "Five shades of blue", "康熙的青花以水分出層次，如墨分五色。", "Kangxi painters thinned the blue into shades, as ink into five.", _S(_P, ("kangxi", "yongzheng", "qianlong"), ("青花",))),
    )),
    ("colours-of-the-muffle-kiln", "爐火五色", "Colours of the Muffle Kiln", "彩瓷的第二次燒成", "The second firing", "釉上彩入小窯，再燒一次，顏色才肯留下。", "Overglaze colours need a second, gentler fire before they stay.", (
        ("鬥彩", "Doucai", "青花勾邊，諸彩填心。", "Blue outlines, coloured hearts.", _S(_P, (), ("鬥彩",))),
        ("五彩", "Wucai", "濃豔對比，紅綠相爭。", "Bold contrast, red against green.", _S(_P, (), ("五彩",))),
        ("粉彩", "Famille rose", "玻璃白入彩，花瓣有了明暗。", "With white in the enamel, petals gained light and shade.", _S(_P, (), ("粉彩", "琺瑯彩"))),
    )),
    ("one-colour", "一色", "A Single Colour", "單色釉的寂靜", "The quiet of single glazes", "無紋可看時，才看見釉。", "Where there is no ornament one begins to see the glaze.", (
        ("紅與黃", "Red and yellow", "銅紅難成，嬌黃如脂。", "Copper red is hard won; the yellow is soft as butter.", _S(_P, (), ("紅釉", "黃釉"))),
        ("藍", "Blue", "霽藍沉著如雨後夜空。", "Sacrificial blue, deep as a night sky after rain.", _S(_P, (), ("霽藍釉",))),
        ("青與裂", "Green and crackle", "粉青如玉，冰裂如畫。", "Green like jade, crackle like drawing.", _S(_P, (), ("粉青釉", "仿哥釉"))),
    )),
    ("dragon-on-clay", "龍行瓷上", "Dragons on Clay", "一種紋樣的五百年", "Five centuries of one motif", "雲中、水上、爪下的珠：看龍怎樣換了神情。", "In clouds, over waves, after the pearl: see how the dragon changed its face.", (
        ("明", "Ming", "明代的龍矯健修長。", "Ming dragons are long and lithe.", _S(_P, _MING, ("龍",))),
        ("清", "Qing", "清代的龍鬚髮紛披。", "Qing dragons toss their manes.", _S(_P, _QING, ("龍",))),
        ("銅與玉", "Bronze and jade", "更早的龍，在青銅與玉上。", "Earlier dragons, on bronze and jade.", _S(("bronze", "jade"), (), ("龍",))),
    )),
    ("flowers-of-twelve-months", "十二月花", "Flowers of Twelve Months", "器物上的四季", "The seasons on a vessel", "蓮、牡丹、菊與梅，輪流開在瓷上。", "Lotus, peony, chrysanthemum and plum take turns to bloom on porcelain.", (
        ("牡丹", "Peony", "春深時的富麗。", "The riches of late spring.", _S(_P, (), ("牡丹",))),
        ("蓮", "Lotus", "夏日與清淨。", "Summer, and purity.", _S(_P, (), ("蓮",))),
        ("菊", "Chrysanthemum", "秋籬之下。", "By the autumn hedge.", _S(_P, (), ("菊",))),
        ("梅", "Plum", "雪中先開。", "First to flower in the snow.", _S(_P, (), ("梅",))),
    )),
    ("vessels-for-the-table", "案上杯盤", "Cups and Dishes", "一餐飯的器皿", "What a meal was served in", "碗、盤、杯、壺：最日常的器形最難做好。", "Bowl, dish, cup and ewer: the plainest shapes are the hardest.", (
        ("碗與盞", "Bowls", "捧在手裡的圓。", "Roundness for the hand.", _S(_P, (), ("碗", "盞"))),
        ("盤", "Dishes", "一面可以作畫的圓。", "A round to paint on.", _S(_P, (), ("盤",))),
        ("壺與杯", "Ewers and cups", "傾與飲。", "To pour and to drink.", _S(_P, (), ("執壺", "小杯"))),
    )),
    ("before-coins", "貝布刀", "Before the Round Coin", "從工具到貨幣", "From tool to money", "布從鏟來，刀從削來；圓錢之前，各國各有其形。", "Spades from shovels, knives from knives: before the round coin every state had its own shape.", (
        ("布", "Spades", "空首到平首。", "From hollow to flat handle.", _S(_C, ("spring-autumn", "warring-states"), ("布",))),
        ("刀", "Knives", "齊大燕小。", "Large in Qi, small in Yan.", _S(_C, ("warring-states",), ("刀",))),
        ("秦一統", "Qin makes one", "半兩行於天下。", "Banliang under heaven.", _S(_C, ("qin", "western-han"), ("半兩",))),
    )),
    ("five-zhu", "五銖七百年", "Seven Centuries of Wuzhu", "一個重量的歷史", "History of a weight", "五銖二字，用了七百年。", "Two characters served for seven hundred years.", (
        ("西漢", "Western Han", "上林所鑄，輪廓分明。", "Cast at Shanglin, its rim sharp.", _S(_C, ("western-han",))),
        ("新莽", "Wang Mang", "十四年間幣制數改。", "In fourteen years the coinage changed many times.", _S(_C, ("xin",))),
        ("東漢以後", "After Eastern Han", "五銖餘響。", "The echo of Wuzhu.", _S(_C, ("eastern-han", "northern-dynasties"))),
    )),
    ("hands-on-coins", "錢上的書法", "Calligraphy on Coins", "方寸之間的名家", "Masters in a square inch", "唐的隸意、宋的行草與瘦金，都鑄在錢上。", "Tang clerical, Song running hand and slender gold: all cast in coin.", (
        ("開元", "Kaiyuan", "歐體端嚴。", "Stern and upright.", _S(_C, ("tang", "five-dynasties"))),
        ("北宋", "Northern Song", "一朝諸體。", "All hands in one dynasty.", _S(_C, ("northern-song",))),
        ("南宋與金", "Southern Song and Jin", "南北同工。", "North and south alike.", _S(_C, ("southern-song", "jin"))),
    )),
    ("silver-and-machine", "白銀與機器", "Silver and the Machine", "銀元的時代", "The age of the dollar", "機器造幣，齒邊清晰；天津的廠房裡蒸汽不歇。", "Struck by machine with a crisp reeded edge; steam never stopped in the Tianjin mint.", (
        ("末代制錢", "The last cash", "制錢漸輕。", "Cash grew light.", _S(_C, ("daoguang", "xianfeng", "guangxu"), ("古錢",))),
        ("銀元", "Dollars", "兩之外有元。", "Beside the tael, the dollar.", _S(_C, (), ("銀元",))),
        ("造幣廠", "The Mint", "老照片裡的廠房。", "Its halls in old photographs.", _S(_PH, (), ("造幣廠",))),
    )),
    ("auspicious-bronze", "吉金", "Auspicious Bronze", "禮與器", "Rite and vessel", "藏禮於器，鑄事於銅。", "Rites were kept in vessels, and deeds were cast in bronze.", (
        ("商", "Shang", "獸面凝視。", "The mask stares.", _S(_B, ("shang",))),
        ("西周", "Western Zhou", "銘文漸長。", "Inscriptions grow.", _S(_B, ("western-zhou",))),
        ("東周與漢", "Eastern Zhou and Han", "蟠螭細密。", "Dragons interlace.", _S(_B, ("spring-autumn", "warring-states", "western-han"))),
    )),
    ("jade-and-virtue", "比德於玉", "Virtue in Jade", "從琮璧到佩飾", "From ritual disc to pendant", "玉從天地之禮走到人的腰間。", "Jade went from the rites of heaven and earth to the belt of a man.", (
        ("禮玉", "Ritual jades", "璧圓琮方。", "Round disc, square tube.", _S(_J, (), ("璧", "琮", "璜"))),
        ("佩玉", "Pendants", "行步有節。", "A measured step.", _S(_J, (), ("珮", "環", "蟬", "牌"))),
        ("陳設", "For the hall", "清宮的碧玉與白玉。", "Spinach and white jade of the Qing court.", _S(_J, _QING)),
    )),
    ("a-square-inch", "方寸", "A Square Inch", "印與石", "Seals and stones", "刀與石相遇，一面紅。", "Where knife meets stone: one face of red.", (
        ("朱文", "In relief", "線紅地白。", "Red lines on white.", _S(_SE, (), ("朱文",))),
        ("白文", "In intaglio", "地紅線白。", "White lines on red.", _S(_SE, (), ("白文",))),
        ("鈕", "Knobs", "獅、龜與螭。", "Lion, tortoise, dragon.", _S(_SE, (), ("獅鈕", "龜鈕", "螭鈕"))),
    )),
    ("mountains-and-water", "臥遊", "Roaming from a Couch", "山水畫的行走", "Walking in landscapes", "畫是一條路，眼睛在上面行走。", "A painting is a road on which the eye walks.", (
        ("水墨", "Ink", "墨有五色。", "Ink has five colours.", _S(_L, (), ("水墨",))),
        ("青綠與設色", "Blue, green and colour", "山有春秋。", "Hills have spring and autumn.", _S(_L, (), ("青綠", "設色"))),
        ("淺絳", "Pale red", "一點赭石。", "A touch of ochre.", _S(_L, (), ("淺絳",))),
    )),
    ("five-scripts", "篆隸草行楷", "The Scripts", "字的姿態", "Postures of writing", "同一個字，坐、行、奔。", "One character sits, walks and runs.", (
        ("隸與楷", "Clerical and regular", "端坐之字。", "Seated.", _S(_CA, (), ("隸書", "楷書"))),
        ("行", "Running", "行走之字。", "Walking.", _S(_CA, (), ("行書", "行楷"))),
        ("草", "Cursive", "奔跑之字。", "Running free.", _S(_CA, (), ("草書",))),
    )),
    ("rivers-on-paper", "紙上河流", "Rivers on Paper", "輿圖中的天津", "Tianjin in maps", "先有河，後有路，最後才有城。", "First the river, then the road, and last the city.", (
        ("舊圖", "Old maps", "手繪山川。", "Drawn by hand.", _S(_M, ("qianlong", "jiaqing", "daoguang", "tongzhi"))),
        ("新圖", "New maps", "測量與印刷。", "Surveyed and printed.", _S(_M, ("guangxu", "xuantong", "republic"))),
        ("河海", "River and sea", "海口與運河。", "Estuary and canal.", _S(_M, (), ("海河", "運河", "北塘", "大沽口"))),
    )),
    ("the-station", "老龍頭", "The Old Station", "一座車站的三個時代", "A station in three eras", "汽笛響處，城市開始奔跑。", "Where the whistle blew the city began to run.", (
        ("舊影", "Old views", "月台上的晨霧。", "Mist on the platform.", _S(_PH, (), ("老龍頭車站",))),
        ("橋", "The bridge", "車站之前，鐵橋之上。", "Before the station, on the iron bridge.", _S(_PH, (), ("海河鐵橋", "金湯橋"))),
        ("線路", "Lines", "鐵路畫在圖上。", "Rails on the map.", _S(("map", "photograph"), (), ("輿圖", "塘沽"))),
    )),
    ("five-avenues", "五大道漫步", "A Walk along the Five Avenues", "樹影與門窗", "Trees, doors and windows", "放慢腳步，看一扇窗。", "Slow down and look at a window.", (
        ("街", "Streets", "槐樹與洋房。", "Pagoda trees and villas.", _S(_PH, (), ("五大道",))),
        ("市", "Markets", "估衣街與勸業場。", "Guyi Street and Quanye Bazaar.", _S(_PH, (), ("估衣街", "勸業場"))),
        ("學", "Schools", "新學堂的鐘聲。", "The bell of the new college.", _S(_PH, (), ("北洋大學堂",))),
    )),
    ("posters-on-the-wall", "牆上的招貼", "Posters on the Wall", "百年廣告", "A century of advertising", "火柴、汽水、毛線：新生活先出現在牆上。", "Matches, soda, wool: the new life appeared on walls first.", (
        ("衣食", "Food and clothes", "麵粉與毛線。", "Flour and wool.", _S(_PO, (), ("麵粉", "毛線", "海鹽精鹽", "茶莊", "地毯"))),
        ("行路", "Getting about", "電車與輪船。", "Tram and steamer.", _S(_PO, (), ("電車公司", "輪船航線"))),
        ("遊樂", "Pleasure", "汽水與遊藝會。", "Soda and variety.", _S(_PO, (), ("汽水", "遊藝會", "賽船會", "國貨展覽會"))),
    )),
    ("beitang-and-the-sea", "北塘與海", "Beitang and the Sea", "漁港、鹽田與餐桌", "Harbour, salt fields and table", "潮來有魚，潮去有鹽。", "The tide brings fish, and leaves salt.", (
        ("港", "Harbour", "帆影與漁港。", "Sails and harbour.", _S(_PH, (), ("北塘漁港", "大沽口", "塘沽"))),
        ("圖", "Charts", "海口形勢。", "The estuary.", _S(_M, (), ("北塘", "大沽口"))),
        ("盤中", "On the plate", "盛海味的盤碗。", "Dishes for the sea's gifts.", _S(_P, (), ("盤", "碗"))),
    )),
    ("light-of-the-river", "海河之光", "Light of the River", "從三岔河口到渤海", "From the confluence to the sea", "沿河而行，看一座城的面貌。", "Follow the river and see the face of a city.", (
        ("三岔河口", "The confluence", "城從這裡開始。", "Here the city began.", _S(_PH, (), ("三岔河口", "天后宮", "望海樓"))),
        ("碼頭", "Wharves", "貨與人。", "Goods and people.", _S(_PH, (), ("紫竹林碼頭", "海河鐵橋"))),
        ("畫中水", "Water in pictures", "文人筆下的江河。", "Rivers by scholars' brush.", _S(_L, (), (), None, 5)),
        ("海", "The sea", "河盡處。", "Where the river ends.", _S(("photograph", "map"), (), ("大沽口", "北塘漁港", "海河"))),
    )),
)  # fmt: skip


def exhibitions() -> list[ExhibitionRecord]:
    """The 21 online exhibitions in order."""
    return [
        ExhibitionRecord(
            slug,
            say(title, title_en),
            say(subtitle, subtitle_en),
            sentences((told, told_en), MARK_OF_EXHIBITION),
            tuple(SectionRecord(say(*row[:2]), say(*row[2:4]), row[4]) for row in sections),
        )
        for slug, title, title_en, subtitle, subtitle_en, told, told_en, sections in _ROWS
    ]


MARK_OF_EXHIBITION = (
    "線上展覽為演示，展品皆由程式計算生成。",
    "A demonstration exhibition of computed objects.",
)
