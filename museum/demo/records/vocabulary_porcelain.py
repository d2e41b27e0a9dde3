"""What porcelain is made of: glazes, motifs, forms, kilns, and what is told of it."""

from __future__ import annotations

from museum.demo.records.words import Term

# --- porcelain: glaze -> (reigns that made it, English, flat or painted)
GLAZES: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    (
        "青花",
        "blue-and-white",
        (
            "yuan",
            "hongwu",
            "yongle",
            "xuande",
            "chenghua",
            "hongzhi",
            "zhengde",
            "jiajing",
            "wanli",
            "tianqi",
            "chongzhen",
            "shunzhi",
            "kangxi",
            "yongzheng",
            "qianlong",
            "jiaqing",
            "daoguang",
            "guangxu",
            "xuantong",
        ),
        True,
    ),
    ("釉裡紅", "underglaze-red", ("yuan", "hongwu", "xuande", "kangxi", "yongzheng", "qianlong"), True),
    ("鬥彩", "doucai", ("chenghua", "jiajing", "wanli", "kangxi", "yongzheng", "qianlong", "daoguang"), True),
    ("五彩", "wucai", ("jiajing", "longqing", "wanli", "shunzhi", "kangxi"), True),
    (
        "粉彩",
        "famille-rose",
        ("yongzheng", "qianlong", "jiaqing", "daoguang", "tongzhi", "guangxu", "xuantong", "republic"),
        True,
    ),
    ("琺瑯彩", "enamelled", ("kangxi", "yongzheng", "qianlong"), True),
    ("黃地青花", "yellow-ground blue", ("xuande", "hongzhi", "zhengde", "jiajing"), True),
    ("黃釉", "yellow-glazed", ("hongzhi", "zhengde", "jiajing", "kangxi"), False),
    ("霽藍釉", "sacrificial-blue glazed", ("xuande", "jiajing", "yongzheng", "qianlong"), False),
    ("紅釉", "copper-red glazed", ("yongle", "xuande", "kangxi", "yongzheng"), False),
    ("仿哥釉", "Ge-style crackled", ("chenghua", "yongzheng", "qianlong"), False),
    ("粉青釉", "powder-green glazed", ("yongle", "yongzheng", "qianlong"), False),
)


MOTIFS: tuple[Term, ...] = (
    ("纏枝蓮紋", "scrolling lotus"),
    ("纏枝牡丹紋", "scrolling peony"),
    ("雲龍紋", "dragon and clouds"),
    ("海水龍紋", "dragon over waves"),
    ("鳳穿花紋", "phoenix among flowers"),
    ("花鳥紋", "flowers and birds"),
    ("松竹梅紋", "pine, bamboo and plum"),
    ("折枝花果紋", "sprays of flowers and fruit"),
    ("八吉祥紋", "Eight Auspicious Emblems"),
    ("海水江崖紋", "waves and cliffs"),
    ("纏枝菊紋", "scrolling chrysanthemum"),
    ("山石花卉紋", "rocks and flowers"),
    ("團花紋", "roundels of flowers"),
    ("蓮池紋", "lotus pond"),
    ("梅花紋", "plum blossom"),
    ("福壽紋", "bats and peaches"),
)
VESSELS: tuple[tuple[str, str, float, float, float], ...] = (  # hant, en, height mm, spread, width : height
    ("梅瓶", "meiping vase", 340, 60, 0.62),
    ("玉壺春瓶", "pear-shaped vase", 290, 40, 0.58),
    ("天球瓶", "globular vase", 460, 80, 0.74),
    ("長頸瓶", "long-necked vase", 330, 50, 0.55),
    ("葫蘆瓶", "double-gourd vase", 320, 60, 0.58),
    ("賞瓶", "presentation vase", 385, 20, 0.62),
    ("膽瓶", "gall-bladder vase", 270, 40, 0.5),
    ("觚", "beaker vase", 400, 60, 0.48),
    ("碗", "bowl", 80, 25, 2.1),
    ("盞", "tea bowl", 55, 10, 2.2),
    ("盤", "dish", 45, 14, 4.6),
    ("高足碗", "stem bowl", 105, 15, 1.45),
    ("蓋罐", "covered jar", 300, 90, 0.86),
    ("罐", "jar", 230, 70, 1.0),
    ("執壺", "ewer", 260, 40, 0.8),
    ("尊", "zun vase", 280, 60, 0.78),
    ("小杯", "cup", 50, 8, 1.35),
)
KILNS: tuple[Term, ...] = (
    (
        "胎體細白堅緻，釉面瑩潤，足端無釉處露出淡淡的火石紅。",
        "The body is fine, white and hard under a lustrous glaze; the bare foot ring shows a blush of kiln red.",
    ),
    (
        "造型端莊，線條由肩至足一氣呵成，轉折處不留痕跡。",
        "The form is composed, its line running from shoulder to foot in one breath.",
    ),
    (
        "發色沉著，料色積聚之處深入胎骨，筆觸間可見濃淡變化。",
        "The colour is deep, sinking into the body where it gathered, and the brush shows in its lights and darks.",
    ),
    (
        "紋飾分層布局，主次分明，疏密之間顯出畫工的從容。",
        "The ornament is laid in registers, the chief band plainly leading, spaced with a painter's ease.",
    ),
    (
        "釉色均勻，光下如凝脂；足牆內收，修足工整。",
        "The glaze lies evenly, like cream in the light; the foot is tucked in and neatly cut.",
    ),
    (
        "口沿微撇，腹部豐滿，是這一時期最受喜愛的樣式之一。",
        "A slightly flared lip over a full belly: one of the favourite shapes of its day.",
    ),
)
PORCELAIN_STORIES: tuple[Term, ...] = (
    (
        "一件瓷器從淘洗瓷土到開窯，要經過七十二道手，畫坯只是其中之一。",
        "From washing the clay to opening the kiln a piece passed through seventy-two hands, the painter's being only one.",
    ),
    (
        "窯火約一千三百度，一晝夜的火候決定了此後數百年的顏色。",
        "The kiln reached some 1,300 °C; one day and night of fire settled the colour of centuries.",
    ),
    (
        "同類紋飾常見於書房與廳堂的陳設，也沿運河北上，進入天津的宅院。",
        "Such ornament furnished studies and halls, and travelled up the Grand Canal into the houses of Tianjin.",
    ),
    (
        "請放大觀看主紋：線描與分水一深一淺，兩枝筆先後畫成。",
        "Zoom into the main band: outline and wash were laid by two brushes, one after the other.",
    ),
    (
        "口沿與足邊的錦地細如髮絲，是檢驗畫工眼力與耐心的地方。",
        "The diaper at lip and foot is fine as hair, the proof of a painter's eye and patience.",
    ),
)
