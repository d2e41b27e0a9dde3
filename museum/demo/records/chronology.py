"""Dynasties and reigns with their years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Era:
    """A stretch of time: its name, first and last year (astronomical: 221 BCE = -220) and the key that pictures are drawn by."""

    key: str
    hant: str
    en: str
    year_from: int
    year_to: int
    period: str
    reign: str | None = None

    @property
    def edtf(self) -> str:
        """The years as an interval of ISO 8601-2; ends before the Common Era and of whole dynasties are approximate."""
        about = "~" if self.reign is None and self.year_from < 1840 else ""
        return f"{edtf_year(self.year_from)}{about}/{edtf_year(self.year_to)}{about}"


def edtf_year(year: int) -> str:
    """A year in four digits with a sign before the Common Era: -220 is `-0220`."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _dynasty(key: str, hant: str, en: str, first: int, last: int, period: str) -> Era:
    return Era(key, hant, en, first, last, period)


def _reign(dynasty: str, english: str, key: str, hant: str, en: str, first: int, last: int) -> Era:
    return Era(key, dynasty + hant, f"{en} reign, {english} dynasty", first, last, english.lower(), hant)


ERAS: dict[str, Era] = {
    era.key: era
    for era in (
        _dynasty("neolithic", "新石器時代", "Neolithic", -3299, -1999, "neolithic"),
        _dynasty("shang", "商", "Shang dynasty", -1599, -1045, "shang"),
        _dynasty("western-zhou", "西周", "Western Zhou", -1045, -770, "zhou"),
        _dynasty("spring-autumn", "春秋", "Spring and Autumn period", -769, -475, "spring-autumn"),
        _dynasty("warring-states", "戰國", "Warring States period", -474, -220, "warring-states"),
        _dynasty("qin", "秦", "Qin dynasty", -220, -206, "qin"),
        _dynasty("western-han", "西漢", "Western Han dynasty", -201, 8, "han"),
        _dynasty("xin", "新莽", "Xin (Wang Mang)", 9, 23, "han"),
        _dynasty("eastern-han", "東漢", "Eastern Han dynasty", 25, 220, "han"),
        _dynasty("northern-dynasties", "北朝", "Northern Dynasties", 386, 581, "six-dynasties"),
        _dynasty("tang", "唐", "Tang dynasty", 618, 907, "tang"),
        _dynasty("five-dynasties", "五代", "Five Dynasties", 907, 960, "five-dynasties"),
        _dynasty("northern-song", "北宋", "Northern Song dynasty", 960, 1127, "song"),
        _dynasty("southern-song", "南宋", "Southern Song dynasty", 1127, 1279, "song"),
        _dynasty("jin", "金", "Jin dynasty", 1115, 1234, "song"),
        _dynasty("yuan", "元", "Yuan dynasty", 1271, 1368, "yuan"),
        _dynasty("ming", "明", "Ming dynasty", 1368, 1644, "ming"),
        _dynasty("qing", "清", "Qing dynasty", 1644, 1911, "qing"),
        _dynasty("late-qing", "晚清", "Late Qing", 1860, 1911, "qing"),
        _dynasty("republic", "民國", "Republican period", 1912, 1949, "republic"),
        _dynasty("modern", "現代", "Modern", 1950, 2020, "modern"),
        *(
            _reign("明", "Ming", *row)
            for row in (
                ("hongwu", "洪武", "Hongwu", 1368, 1398),
                ("yongle", "永樂", "Yongle", 1403, 1424),
                ("xuande", "宣德", "Xuande", 1426, 1435),
                ("chenghua", "成化", "Chenghua", 1465, 1487),
                ("hongzhi", "弘治", "Hongzhi", 1488, 1505),
                ("zhengde", "正德", "Zhengde", 1506, 1521),
                ("jiajing", "嘉靖", "Jiajing", 1522, 1566),
                ("longqing", "隆慶", "Longqing", 1567, 1572),
                ("wanli", "萬曆", "Wanli", 1573, 1620),
                ("tianqi", "天啟", "Tianqi", 1621, 1627),
                ("chongzhen", "崇禎", "Chongzhen", 1628, 1644),
            )
        ),
        *(
            _reign("清", "Qing", *row)
            for row in (
                ("shunzhi", "順治", "Shunzhi", 1644, 1661),
                ("kangxi", "康熙", "Kangxi", 1662, 1722),
                ("yongzheng", "雍正", "Yongzheng", 1723, 1735),
                ("qianlong", "乾隆", "Qianlong", 1736, 1795),
                ("jiaqing", "嘉慶", "Jiaqing", 1796, 1820),
                ("daoguang", "道光", "Daoguang", 1821, 1850),
                ("xianfeng", "咸豐", "Xianfeng", 1851, 1861),
                ("tongzhi", "同治", "Tongzhi", 1862, 1874),
                ("guangxu", "光緒", "Guangxu", 1875, 1908),
                ("xuantong", "宣統", "Xuantong", 1909, 1911),
            )
        ),
    )
}
