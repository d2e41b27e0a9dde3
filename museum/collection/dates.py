"""Names of years: dynasty and reign, 民國, 公元.

Reign years count from the year after the accession, as Ming and Qing did; where the reign name changed within a year
the older one names it (1620 is 萬曆四十八年), but 1644, when the dynasty changed, is 順治元年.
"""

from __future__ import annotations

from bisect import bisect_right

Texts = dict[str, str]

# First year, then simplified, traditional, romanised; the last reign of a dynasty ends where the next row begins.
REIGNS: tuple[tuple[int, str, str, str], ...] = (
    (1368, "明洪武", "明洪武", "Hongwu {}, Ming"),
    (1399, "明建文", "明建文", "Jianwen {}, Ming"),
    (1403, "明永乐", "明永樂", "Yongle {}, Ming"),
    (1425, "明洪熙", "明洪熙", "Hongxi {}, Ming"),
    (1426, "明宣德", "明宣德", "Xuande {}, Ming"),
    (1436, "明正统", "明正統", "Zhengtong {}, Ming"),
    (1450, "明景泰", "明景泰", "Jingtai {}, Ming"),
    (1457, "明天顺", "明天順", "Tianshun {}, Ming"),
    (1465, "明成化", "明成化", "Chenghua {}, Ming"),
    (1488, "明弘治", "明弘治", "Hongzhi {}, Ming"),
    (1506, "明正德", "明正德", "Zhengde {}, Ming"),
    (1522, "明嘉靖", "明嘉靖", "Jiajing {}, Ming"),
    (1567, "明隆庆", "明隆慶", "Longqing {}, Ming"),
    (1573, "明万历", "明萬曆", "Wanli {}, Ming"),
    (1621, "明天启", "明天啟", "Tianqi {}, Ming"),
    (1628, "明崇祯", "明崇禎", "Chongzhen {}, Ming"),
    (1644, "清顺治", "清順治", "Shunzhi {}, Qing"),
    (1662, "清康熙", "清康熙", "Kangxi {}, Qing"),
    (1723, "清雍正", "清雍正", "Yongzheng {}, Qing"),
    (1736, "清乾隆", "清乾隆", "Qianlong {}, Qing"),
    (1796, "清嘉庆", "清嘉慶", "Jiaqing {}, Qing"),
    (1821, "清道光", "清道光", "Daoguang {}, Qing"),
    (1851, "清咸丰", "清咸豐", "Xianfeng {}, Qing"),
    (1862, "清同治", "清同治", "Tongzhi {}, Qing"),
    (1875, "清光绪", "清光緒", "Guangxu {}, Qing"),
    (1909, "清宣统", "清宣統", "Xuantong {}, Qing"),
    (1912, "民国", "民國", "Republic of China {}"),
)
REIGNS_END = 1949
"""From this year on years are counted by the common era alone."""

# First year (astronomical), then simplified, traditional, English.
DYNASTIES: tuple[tuple[int, str, str, str], ...] = (
    (-2069, "夏", "夏", "Xia"),
    (-1599, "商", "商", "Shang"),
    (-1045, "西周", "西周", "Western Zhou"),
    (-769, "春秋", "春秋", "Spring and Autumn"),
    (-474, "战国", "戰國", "Warring States"),
    (-220, "秦", "秦", "Qin"),
    (-205, "西汉", "西漢", "Western Han"),
    (9, "新", "新", "Xin"),
    (25, "东汉", "東漢", "Eastern Han"),
    (220, "三国", "三國", "Three Kingdoms"),
    (266, "西晋", "西晉", "Western Jin"),
    (317, "东晋", "東晉", "Eastern Jin"),
    (420, "南北朝", "南北朝", "Northern and Southern Dynasties"),
    (581, "隋", "隋", "Sui"),
    (618, "唐", "唐", "Tang"),
    (907, "五代", "五代", "Five Dynasties"),
    (960, "北宋", "北宋", "Northern Song"),
    (1127, "南宋", "南宋", "Southern Song"),
    (1279, "元", "元", "Yuan"),
)

# What the rows above come to, as periods side by side: first year, then simplified, traditional, English.
_LATER: tuple[tuple[int, str, str, str], ...] = (
    (1368, "明", "明", "Ming"),
    (1644, "清", "清", "Qing"),
    (1912, "民国", "民國", "Republic"),
    (REIGNS_END, "新中国", "新中國", "People’s Republic"),
)
PERIODS = (*DYNASTIES, *_LATER)

_DIGITS = "〇一二三四五六七八九"


def era_name(year: int) -> Texts:
    """The period's name for an astronomical year (221 BCE = -220), in all languages.

    1888 is 清光緒十四年 / Guangxu 14, Qing; -220 is 秦（公元前221年） / Qin, 221 BCE; 2020 is 2020年 / 2020.
    """
    if REIGNS[0][0] <= year < REIGNS_END:
        first, simplified, traditional, english = _at(REIGNS, year)
        number = year - first + 1
        chinese = "元" if number == 1 else chinese_number(number)
        return {
            "zh-Hans": f"{simplified}{chinese}年",
            "zh-Hant": f"{traditional}{chinese}年",
            "en": english.format(number),
        }
    common = common_era(year)
    if year < DYNASTIES[0][0] or year >= REIGNS_END:
        return common
    _, simplified, traditional, english = _at(DYNASTIES, year)
    return {
        "zh-Hans": f"{simplified}（{common['zh-Hans']}）",
        "zh-Hant": f"{traditional}（{common['zh-Hant']}）",
        "en": f"{english}, {common['en']}",
    }


def periods_between(first: int, last: int) -> list[tuple[int, int | None, Texts]]:
    """The periods that the years from `first` to `last` touch: first year, year in which the next one begins (None for today's), name.

    Years before the first dynasty belong to none.
    """
    ends = (*(row[0] for row in PERIODS[1:]), None)
    return [
        (since, until, {"zh-Hans": simplified, "zh-Hant": traditional, "en": english})
        for (since, simplified, traditional, english), until in zip(PERIODS, ends, strict=True)
        if since <= last and (until is None or until > first)
    ]


def common_era(year: int) -> Texts:
    """The year by the common era: -220 is 公元前221年 / 221 BCE, 668 is 公元668年 / 668 CE, 2020 is 2020年 / 2020."""
    if year <= 0:
        return {"zh-Hans": f"公元前{1 - year}年", "zh-Hant": f"公元前{1 - year}年", "en": f"{1 - year} BCE"}
    if year < 1000:
        return {"zh-Hans": f"公元{year}年", "zh-Hant": f"公元{year}年", "en": f"{year} CE"}
    return {"zh-Hans": f"{year}年", "zh-Hant": f"{year}年", "en": str(year)}


def chinese_number(number: int) -> str:
    """A whole number from 1 to 99 in Chinese characters: 14 is 十四, 20 is 二十. Raises ValueError outside that."""
    if not 1 <= number <= 99:
        raise ValueError(f"only numbers from 1 to 99 are written out, not {number}")
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return words + (_DIGITS[ones] if ones else "")


def _at(table: tuple[tuple[int, str, str, str], ...], year: int) -> tuple[int, str, str, str]:
    return table[bisect_right(table, year, key=lambda row: row[0]) - 1]
