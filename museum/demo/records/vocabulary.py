"""What the collection is made of: forms, glazes, motifs, places, coin types."""

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

# --- coins: name, English, era, metal, width mm, height mm, what the coin says, alloy
COINS: tuple[tuple[str, str, str, str, float, float, str], ...] = (
    ("空首布", "hollow-handled spade", "spring-autumn", "bronze", 50, 95, "安周"),
    ("平首布", "flat-handled spade", "warring-states", "bronze", 32, 52, "安陽"),
    ("齊刀", "Qi knife money", "warring-states", "bronze", 28, 182, "齊法化"),
    ("明刀", "Ming knife money", "warring-states", "bronze", 18, 138, "明"),
    ("蟻鼻錢", "ant-nose coin", "warring-states", "bronze", 12, 19, "巽"),
    ("半兩", "Banliang", "qin", "bronze", 32, 32, "半兩"),
    ("四銖半兩", "four-zhu Banliang", "western-han", "bronze", 24, 24, "半兩"),
    ("五銖", "Wuzhu", "western-han", "bronze", 25, 25, "五銖"),
    ("大泉五十", "Daquan Wushi", "xin", "bronze", 27, 27, "大泉五十"),
    ("貨布", "Huobu spade", "xin", "bronze", 23, 58, "貨布"),
    ("貨泉", "Huoquan", "xin", "bronze", 23, 23, "貨泉"),
    ("五銖", "Wuzhu", "eastern-han", "bronze", 25, 25, "五銖"),
    ("永安五銖", "Yong'an Wuzhu", "northern-dynasties", "bronze", 23, 23, "永安五銖"),
    ("開元通寶", "Kaiyuan Tongbao", "tang", "bronze", 25, 25, "開元通寶"),
    ("乾元重寶", "Qianyuan Zhongbao", "tang", "bronze", 29, 29, "乾元重寶"),
    ("周元通寶", "Zhouyuan Tongbao", "five-dynasties", "bronze", 25, 25, "周元通寶"),
    ("太平通寶", "Taiping Tongbao", "northern-song", "bronze", 24, 24, "太平通寶"),
    ("淳化元寶", "Chunhua Yuanbao", "northern-song", "bronze", 25, 25, "淳化元寶"),
    ("元豐通寶", "Yuanfeng Tongbao", "northern-song", "bronze", 25, 25, "元豐通寶"),
    ("元祐通寶", "Yuanyou Tongbao", "northern-song", "bronze", 25, 25, "元祐通寶"),
    ("崇寧通寶", "Chongning Tongbao", "northern-song", "bronze", 35, 35, "崇寧通寶"),
    ("大觀通寶", "Daguan Tongbao", "northern-song", "bronze", 41, 41, "大觀通寶"),
    ("政和通寶", "Zhenghe Tongbao", "northern-song", "bronze", 25, 25, "政和通寶"),
    ("淳熙元寶", "Chunxi Yuanbao", "southern-song", "bronze", 29, 29, "淳熙元寶"),
    ("嘉定通寶", "Jiading Tongbao", "southern-song", "bronze", 28, 28, "嘉定通寶"),
    ("大定通寶", "Dading Tongbao", "jin", "bronze", 25, 25, "大定通寶"),
    ("泰和重寶", "Taihe Zhongbao", "jin", "bronze", 44, 44, "泰和重寶"),
    ("至大通寶", "Zhida Tongbao", "yuan", "bronze", 23, 23, "至大通寶"),
    ("洪武通寶", "Hongwu Tongbao", "hongwu", "bronze", 24, 24, "洪武通寶"),
    ("永樂通寶", "Yongle Tongbao", "yongle", "bronze", 25, 25, "永樂通寶"),
    ("宣德通寶", "Xuande Tongbao", "xuande", "bronze", 25, 25, "宣德通寶"),
    ("嘉靖通寶", "Jiajing Tongbao", "jiajing", "brass", 25, 25, "嘉靖通寶"),
    ("萬曆通寶", "Wanli Tongbao", "wanli", "brass", 25, 25, "萬曆通寶"),
    ("天啟通寶", "Tianqi Tongbao", "tianqi", "brass", 26, 26, "天啟通寶"),
    ("崇禎通寶", "Chongzhen Tongbao", "chongzhen", "brass", 25, 25, "崇禎通寶"),
    ("順治通寶", "Shunzhi Tongbao", "shunzhi", "brass", 26, 26, "順治通寶"),
    ("康熙通寶", "Kangxi Tongbao", "kangxi", "brass", 27, 27, "康熙通寶"),
    ("雍正通寶", "Yongzheng Tongbao", "yongzheng", "brass", 27, 27, "雍正通寶"),
    ("乾隆通寶", "Qianlong Tongbao", "qianlong", "brass", 25, 25, "乾隆通寶"),
    ("嘉慶通寶", "Jiaqing Tongbao", "jiaqing", "brass", 24, 24, "嘉慶通寶"),
    ("道光通寶", "Daoguang Tongbao", "daoguang", "brass", 23, 23, "道光通寶"),
    ("咸豐重寶", "Xianfeng Zhongbao", "xianfeng", "brass", 37, 37, "咸豐重寶"),
    ("光緒通寶", "Guangxu Tongbao", "guangxu", "brass", 22, 22, "光緒通寶"),
    ("光緒元寶銀元", "Guangxu silver dollar", "guangxu", "silver", 39, 39, "光緒元寶"),
    ("大清銀幣銀元", "Great Qing silver dollar", "xuantong", "silver", 39, 39, "大清銀幣"),
    ("中華民國銀元", "Republic silver dollar", "republic", "silver", 39, 39, "中華民國"),
)
METALS: dict[str, Term] = {"bronze": ("青銅", "Bronze"), "brass": ("黃銅", "Brass"), "silver": ("銀", "Silver")}
COIN_BACKS: tuple[Term, ...] = (
    ("光背", "plain reverse"),
    ("背月紋", "crescent on the reverse"),
    ("背星紋", "dot on the reverse"),
    ("闊緣", "broad rim"),
    ("小字", "small characters"),
    ("大字", "large characters"),
    ("樣錢", "pattern coin"),
    ("初鑄", "early casting"),
)
COIN_STORIES: tuple[Term, ...] = (
    (
        "錢文筆畫清晰，地章平整，邊緣可見錢樹上鑿下後銼磨的痕跡。",
        "The legend is crisp on a level field; the rim keeps file marks from when it was cut from the casting tree.",
    ),
    (
        "外圓內方，中穿繩索便可成貫；一貫千文，重達數斤。",
        "Round outside and square within: strung on a cord, a thousand made a string that weighed several pounds.",
    ),
    (
        "薄薄一層綠鏽覆於錢面，是泥土與歲月留下的顏色。",
        "A thin green patina, the colour left by earth and time, lies over the face.",
    ),
    (
        "流通既久，字口略有磨蝕，正說明它曾經過無數人之手。",
        "Long in use, its strokes are a little worn: proof of the many hands it passed through.",
    ),
    (
        "錢文書體是辨識鑄期與錢局的主要依據，請放大比較起筆與收筆。",
        "The hand of the legend tells the casting and the mint; zoom in and compare how strokes begin and end.",
    ),
    (
        "海河之濱的天津曾設局鑄錢，機器的轟鳴最終取代了翻砂的爐火。",
        "Tianjin on the Hai River had its own mint, where the roar of machines at last replaced the sand-casting fires.",
    ),
)
CURVED_STORIES: tuple[Term, ...] = (
    (
        "其形由工具演化而來，農具與削刀在交換中慢慢成了貨幣。",
        "Its shape grew out of a tool: spades and knives slowly became money through exchange.",
    ),
    (
        "鑄範留下的細線沿邊而行，錢文為列國文字，筆意古樸。",
        "Fine lines from the mould run along its edge; the legend is in the script of the old states, plain and strong.",
    ),
)

# --- bronze, jade
BRONZES: tuple[tuple[str, str, float, float], ...] = (
    ("鼎", "ding tripod", 260, 1.0),
    ("方鼎", "square ding", 240, 0.85),
    ("簋", "gui food vessel", 170, 1.7),
    ("爵", "jue wine cup", 200, 0.85),
    ("觚", "gu beaker", 270, 0.6),
    ("尊", "zun wine vessel", 300, 0.8),
    ("卣", "you bucket", 280, 0.75),
    ("壺", "hu flask", 380, 0.6),
    ("鬲", "li tripod", 160, 1.0),
    ("甗", "yan steamer", 410, 0.65),
    ("鐘", "bell", 330, 0.6),
    ("盤", "pan basin", 130, 2.8),
)
BRONZE_ERAS = ("shang", "western-zhou", "spring-autumn", "warring-states", "western-han")
BRONZE_MOTIFS: tuple[Term, ...] = (
    ("獸面紋", "animal-mask"),
    ("夔龍紋", "kui-dragon"),
    ("竊曲紋", "curved-band"),
    ("雲雷紋", "cloud-and-thunder"),
    ("蟠螭紋", "interlaced-dragon"),
    ("環帶紋", "wave-band"),
    ("乳釘紋", "nipple-boss"),
    ("弦紋", "bowstring"),
)
BRONZE_NAMES = ("父乙", "父丁", "祖辛", "婦好", "伯矩", "叔", "師", "史", "子", "亞", "伯", "仲")
BRONZE_STORIES: tuple[Term, ...] = (
    (
        "器以陶範分塊澆鑄，合範處的線痕隨紋飾對稱而藏。",
        "Cast in piece moulds, whose joints hide along the symmetry of the ornament.",
    ),
    (
        "主紋凸起而地紋纖細，兩層花紋在燈下一明一暗。",
        "The chief motif stands in relief over a fine ground, one bright and one dark under the lamp.",
    ),
    (
        "綠鏽斑駁，間有藍色與紅斑，是銅錫在地下緩緩變化的結果。",
        "Patches of green with blue and red among them tell how copper and tin changed slowly in the ground.",
    ),
    (
        "鼎彝盛食薦酒，也記事載功；器在則禮在。",
        "Such vessels held food and wine and kept the record of deeds; while the vessel stood, so did the rite.",
    ),
    ("器內銘文數字，記作器者與所祭先人。", "A few characters inside name the maker and the ancestor it was made for."),
)
JADES: tuple[tuple[str, str, tuple[str, ...], float, float], ...] = (
    ("玉琮", "cong tube", ("neolithic", "shang"), 90, 0.8),
    ("玉璧", "bi disc", ("neolithic", "warring-states", "western-han"), 160, 1.0),
    ("玉璜", "huang arc", ("western-zhou", "warring-states"), 45, 2.4),
    ("玉環", "ring", ("warring-states", "western-han"), 80, 1.0),
    ("龍形珮", "dragon pendant", ("warring-states", "western-han"), 70, 1.5),
    ("玉蟬", "cicada", ("western-han", "eastern-han"), 60, 0.5),
    ("玉帶板", "belt plaque", ("tang", "ming"), 48, 1.1),
    ("玉牌", "plaque", ("qing", "qianlong"), 58, 0.7),
    ("玉如意", "ruyi sceptre", ("qianlong", "jiaqing"), 90, 3.6),
    ("玉瓶", "vase", ("qianlong", "jiaqing"), 190, 0.6),
)
JADE_STONES: tuple[Term, ...] = (
    ("白玉", "white jade"),
    ("青玉", "green jade"),
    ("青白玉", "pale green jade"),
    ("碧玉", "spinach-green jade"),
    ("黃玉", "yellow jade"),
    ("墨玉", "black jade"),
)
JADE_MOTIFS: tuple[Term, ...] = (
    ("穀紋", "grain pattern"),
    ("雲紋", "cloud pattern"),
    ("蒲紋", "rush pattern"),
    ("獸面紋", "animal mask"),
    ("螭龍紋", "hornless dragon"),
    ("素面", "plain"),
    ("花鳥紋", "flowers and birds"),
)
JADE_STORIES: tuple[Term, ...] = (
    (
        "玉質溫潤，迎光可見絮狀紋理，局部帶赭色沁斑。",
        "The stone is mild to the eye; against the light it shows drifting clouds, with russet staining in places.",
    ),
    (
        "玉不能雕，只能琢：以水調解玉砂，一線一線磨出輪廓。",
        "Jade cannot be carved, only ground: wet abrasive sand drew every line of the outline.",
    ),
    (
        "禮天以璧，禮地以琮；形制之中藏著古人對天地的想像。",
        "The disc for heaven and the tube for earth: the shapes hold an old picture of the world.",
    ),
    (
        "邊緣打磨圓潤，穿孔兩面對鑽，孔壁留有旋痕。",
        "Edges are softened by polishing; the hole was drilled from both sides and keeps its spiral marks.",
    ),
    (
        "君子比德於玉，佩之行步有節，聲如清泉。",
        "Gentlemen likened virtue to jade: worn at the belt, it kept the step measured and rang like water.",
    ),
)

# --- seals, calligraphy, landscape
SEAL_STONES: tuple[Term, ...] = (
    ("壽山石", "Shoushan stone"),
    ("青田石", "Qingtian stone"),
    ("昌化雞血石", "Changhua bloodstone"),
    ("巴林石", "Balin stone"),
    ("銅", "bronze"),
    ("白玉", "white jade"),
)
SEAL_TEXTS: tuple[Term, ...] = (
    ("海河春曉", "Spring Dawn on the Hai River"),
    ("沽上清風", "Clear Wind of the Ford"),
    ("雲在青天", "Clouds in the Blue"),
    ("水流心靜", "Water Runs, the Heart Is Still"),
    ("津門舊客", "Old Guest of Tianjin"),
    ("寧靜致遠", "Calm Reaches Far"),
    ("見素抱樸", "Plain and Simple"),
    ("明月前身", "Moonlight Was My Former Self"),
    ("臥遊江山", "Roaming Hills from a Couch"),
    ("長樂未央", "Joy without End"),
    ("松風竹月", "Pine Wind, Bamboo Moon"),
    ("如南山壽", "Long as the Southern Hills"),
    ("過眼雲煙", "Passing Clouds and Smoke"),
    ("三沽煙水", "Mist and Water of the Three Fords"),
    ("以文會友", "Friends through Letters"),
    ("得趣忘年", "Joy Forgets Age"),
    ("萬里同風", "One Wind over Ten Thousand Li"),
    ("思無邪", "Thoughts without Guile"),
    ("樂琴書", "Happy with Zither and Books"),
    ("半日閒", "Half a Day's Leisure"),
)
KNOBS: tuple[Term, ...] = (
    ("獅鈕", "lion knob"),
    ("龜鈕", "tortoise knob"),
    ("瓦鈕", "tile knob"),
    ("螭鈕", "dragon knob"),
    ("橋鈕", "bridge knob"),
    ("素鈕", "plain knob"),
)
SEAL_STORIES: tuple[Term, ...] = (
    (
        "刀法爽利，線條邊緣留有石屑崩落的自然缺口。",
        "The knife moved briskly: small natural breaks remain where the stone flaked.",
    ),
    (
        "布白疏可走馬，密不透風，方寸之間氣象開闊。",
        "Room for a horse to run here, none for the wind to pass there: a square inch with wide horizons.",
    ),
    ("印面朱痕猶在，可見當日鈐用之勤。", "Traces of cinnabar on the face tell how often it was pressed."),
    (
        "石質細潤，可在指間生溫；紋理隨形而雕成鈕。",
        "The stone is fine and warms between the fingers; its veins guided the carving of the knob.",
    ),
    (
        "文人以印寄興，一句閒章，勝過一篇題跋。",
        "Scholars put their moods into seals: one idle phrase could outweigh a colophon.",
    ),
)
SCRIPTS: tuple[Term, ...] = (
    ("行書", "running script"),
    ("楷書", "regular script"),
    ("隸書", "clerical script"),
    ("草書", "cursive script"),
    ("行楷", "semi-running script"),
)
VERSES: tuple[Term, ...] = (
    ("海內存知己天涯若比鄰", "A friend within the seas makes the ends of the earth near"),
    ("明月松間照清泉石上流", "Bright moon between pines, clear spring over stones"),
    ("欲窮千里目更上一層樓", "To see a thousand li further, climb one storey more"),
    ("大漠孤煙直長河落日圓", "A lone smoke straight in the desert, the setting sun round on the river"),
    ("山光悅鳥性潭影空人心", "Hill light gladdens birds, pool shadows empty the heart"),
    ("行到水窮處坐看雲起時", "Walk to where the water ends, sit and watch the clouds rise"),
    ("星垂平野闊月湧大江流", "Stars hang over the wide plain, the moon surges in the great river"),
    ("竹喧歸浣女蓮動下漁舟", "Bamboo rustles: washing girls return; lotus stirs: a boat goes down"),
    ("春風又綠江南岸", "Spring wind has greened the southern bank again"),
    ("千里江陵一日還", "A thousand li to Jiangling in one day"),
    ("潮平兩岸闊風正一帆懸", "Tide level, banks far apart; wind fair, one sail hung"),
    ("白日依山盡黃河入海流", "The white sun ends at the hills, the Yellow River runs into the sea"),
    ("采菊東籬下悠然見南山", "Picking chrysanthemums by the east hedge, at ease I see the southern hills"),
    ("業精於勤荒於嬉", "Mastery comes of diligence and is lost in play"),
    ("學然後知不足", "Only learning shows what is lacking"),
    ("溫故而知新", "Warm up the old and know the new"),
)
CALLIGRAPHY_FORMS: tuple[Term, ...] = (
    ("軸", "hanging scroll"),
    ("橫披", "horizontal scroll"),
    ("冊頁", "album leaf"),
    ("扇面", "fan leaf"),
    ("屏", "screen panel"),
)
CALLIGRAPHY_STORIES: tuple[Term, ...] = (
    (
        "起筆藏鋒，行筆沉穩，至末字微露飛白。",
        "The stroke begins with a hidden tip and moves steadily, to end in a touch of flying white.",
    ),
    (
        "字距舒朗，墨色由濃入淡，可循筆勢讀出書寫的快慢。",
        "The characters are spaced with air, ink running from dark to pale; one can read the pace of writing in it.",
    ),
    (
        "結體取法唐人而筆意自出，行氣貫通全幅。",
        "The build follows Tang models with a will of its own, one breath through the whole sheet.",
    ),
    (
        "紙色微黃，幅末鈐朱印一方，與墨色相映。",
        "On paper a little yellowed, a red seal at the end answers the black of the ink.",
    ),
    (
        "寫的是人人能誦的句子，看的是各人不同的心境。",
        "Words that everyone knows by heart; what one sees is each hand's own mood.",
    ),
)
LANDSCAPES: tuple[Term, ...] = (
    ("溪山行旅圖", "Travellers among Streams and Hills"),
    ("秋江漁隱圖", "A Fisherman's Retreat on the Autumn River"),
    ("雪霽寒林圖", "Winter Trees after Snow"),
    ("春山煙雨圖", "Spring Hills in Misty Rain"),
    ("松壑鳴泉圖", "Spring Sounding in a Pine Ravine"),
    ("江山樓閣圖", "Pavilions by River and Hills"),
    ("雲山圖", "Cloudy Mountains"),
    ("平沙遠渚圖", "Level Sands and Far Islets"),
    ("盤山秀色圖", "The Fair Face of Panshan"),
    ("七里海煙波圖", "Mist over Qilihai"),
    ("潞河帆影圖", "Sails on the Lu River"),
    ("萬壑松風圖", "Wind in the Pines of Ten Thousand Valleys"),
    ("夏木垂陰圖", "Summer Trees Giving Shade"),
    ("晚渡圖", "The Evening Ferry"),
    ("層巒疊嶂圖", "Range upon Range"),
    ("西山晴雪圖", "Clear Snow on the Western Hills"),
)
MANNERS: tuple[Term, ...] = (
    ("水墨", "ink"),
    ("淺絳", "pale red and ink"),
    ("青綠", "blue and green"),
    ("設色", "ink and colours"),
)
LANDSCAPE_STORIES: tuple[Term, ...] = (
    (
        "近坡數樹，中隔煙水，遠山以淡墨一抹而出。",
        "Some trees on the near slope, mist and water between, far hills in one stroke of pale ink.",
    ),
    (
        "山石以披麻皴層層寫出，苔點疏落，濕潤欲滴。",
        "Rocks are built with hemp-fibre strokes, layer on layer, sparsely dotted with moss and almost dripping.",
    ),
    (
        "畫面留白處即是雲水，目光可在其間停留與遊走。",
        "What is left blank is cloud and water, where the eye may rest and wander.",
    ),
    (
        "放大觀看，可在林間找到屋舍與小橋，是畫家留給觀者的入口。",
        "Zoom in and find a house and a small bridge among the trees: the painter's way in for the viewer.",
    ),
    (
        "筆墨取法前賢，布局卻有北方平原所見的遼闊。",
        "The brush follows old masters, but the breadth is what one sees on the northern plain.",
    ),
)

# --- Tianjin: maps, posters, photographs
PLACES: tuple[Term, ...] = (
    ("三岔河口", "the Sancha confluence"),
    ("老龍頭車站", "Laolongtou Station"),
    ("鼓樓", "the Drum Tower"),
    ("海河鐵橋", "the Hai River iron bridge"),
    ("五大道", "the Five Avenues"),
    ("勸業場", "the Quanye Bazaar"),
    ("大沽口", "Dagu"),
    ("北塘漁港", "Beitang harbour"),
    ("天后宮", "the Temple of the Sea Goddess"),
    ("紫竹林碼頭", "Zizhulin wharf"),
    ("北洋大學堂", "Peiyang University"),
    ("估衣街", "Guyi Street"),
    ("望海樓", "Wanghailou Church"),
    ("大悲院", "Dabei Monastery"),
    ("楊柳青", "Yangliuqing"),
    ("造幣廠", "the Mint"),
    ("金湯橋", "Jintang Bridge"),
    ("塘沽", "Tanggu"),
)
SCENES: tuple[Term, ...] = (
    ("街景", "street view"),
    ("全景", "panoramic view"),
    ("清晨", "early morning"),
    ("雪後", "after snow"),
    ("集市", "market day"),
    ("河上帆影", "sails on the river"),
    ("電車經過", "a tram passing"),
    ("節日", "on a feast day"),
    ("修築中", "under construction"),
    ("夜燈", "evening lamps"),
    ("渡船", "the ferry"),
    ("行人", "passers-by"),
)
PHOTO_STORIES: tuple[Term, ...] = (
    ("相紙泛黃，影調由銀鹽緩緩氧化而轉為暖褐。", "The print has yellowed, its silver slowly turning to warm brown."),
    (
        "前景的人影略有模糊，說明當時曝光需要停留片刻。",
        "Figures in front are a little blurred: the exposure took its moment.",
    ),
    (
        "請放大檐口與招牌，細節會告訴你季節與時刻。",
        "Zoom into eaves and signboards; the details tell the season and the hour.",
    ),
    (
        "河與路在畫面中相交，正是這座城市由來的縮影。",
        "River and road meet in the picture, as they did in the making of the city.",
    ),
    (
        "同一地點今昔對照，可循館中的時空穿梭前往實地。",
        "The same spot then and now: the tour's jump through time leads to the place itself.",
    ),
)
MAPS: tuple[Term, ...] = (
    ("天津府城圖", "Plan of the Walled City of Tianjin"),
    ("直隸海河河道圖", "The Course of the Hai River"),
    ("潞河督運圖稿", "Draft of Grain Transport on the Lu River"),
    ("北塘海口圖", "The Estuary at Beitang"),
    ("大沽口形勢圖", "The Lie of the Land at Dagu"),
    ("長蘆鹽場圖", "The Changlu Salt Fields"),
    ("天津城廂保甲圖", "Wards inside and outside the Walls"),
    ("津沽鐵路圖", "The Tianjin–Tanggu Railway"),
    ("天津租界詳圖", "The Concessions of Tianjin"),
    ("運河漕運圖", "Grain Barges on the Canal"),
    ("天津市街圖", "Street Map of Tianjin"),
    ("渤海沿岸圖", "The Coast of the Bohai Sea"),
)
MAP_STORIES: tuple[Term, ...] = (
    (
        "水道以淡彩暈染，城牆、橋樑、廟宇皆以小圖標示。",
        "Waterways are washed in pale colour; walls, bridges and temples stand as small pictures.",
    ),
    (
        "圖中方位以河為綱，村鎮名稱密佈兩岸，可逐一放大辨讀。",
        "The river orders the sheet; names of villages crowd both banks and can be read one by one when zoomed.",
    ),
    (
        "對照不同年代的輿圖，可見河道裁彎與城區外拓的過程。",
        "Beside maps of other years it shows bends cut straight and the city growing outward.",
    ),
    (
        "圖邊繪有羅盤與比例，折痕處略有磨損。",
        "A compass and a scale stand in the margin; the folds are a little rubbed.",
    ),
)
POSTERS: tuple[Term, ...] = (
    ("地毯", "Carpets"),
    ("汽水", "Soda Water"),
    ("火柴", "Matches"),
    ("國貨展覽會", "Exhibition of National Products"),
    ("電車公司", "The Tramway Company"),
    ("輪船航線", "Steamship Line"),
    ("毛線", "Knitting Wool"),
    ("香皂", "Soap"),
    ("麵粉", "Flour"),
    ("海鹽精鹽", "Refined Sea Salt"),
    ("遊藝會", "Fair and Variety Show"),
    ("茶莊", "The Tea House"),
    ("鐘錶行", "Clocks and Watches"),
    ("賽船會", "The Regatta"),
)
POSTER_STORIES: tuple[Term, ...] = (
    (
        "石印套色，網點在放大後如細沙排列，色版之間略有錯位。",
        "Printed from stones in several colours; enlarged, the dots lie like fine sand, the plates a hair apart.",
    ),
    (
        "大字醒目，圖案取水波與霞光，是當年街頭最亮的顏色。",
        "Bold characters over waves and sunset bands: the brightest colour on the street of its day.",
    ),
    (
        "商號為演示虛構，樣式則取自那一時代廣告的通行語彙。",
        "The firm is invented; the style speaks the common language of advertisements of the time.",
    ),
    ("紙背留有張貼的漿糊痕，四角曾補。", "Paste marks remain on the back, and the corners have been mended."),
)
SHOP_NAMES = ("德隆", "永利和", "華興", "同春", "海光", "北洋", "仁昌", "三津", "萬康", "恆源", "大陸", "裕津")

CONDITIONS: tuple[tuple[str, str, int], ...] = (
    ("完整", "Intact", 46),
    ("基本完整", "Largely intact", 26),
    ("口沿微磕", "Slight chips", 9),
    ("局部磨損", "Worn in places", 10),
    ("有沖線", "Hairline crack", 4),
    ("曾經修補", "Repaired of old", 5),
)
PAPER_CONDITIONS: tuple[tuple[str, str, int], ...] = (
    ("完整", "Intact", 42),
    ("基本完整", "Largely intact", 28),
    ("有折痕", "Creased", 10),
    ("局部水漬", "Water stains in places", 8),
    ("邊緣磨損", "Edges rubbed", 8),
    ("曾經重裱", "Remounted", 4),
)
SOURCES: tuple[Term, ...] = (
    ("移交（演示）", "Transferred (demonstration)"),
    ("徵集（演示）", "Acquired (demonstration)"),
    ("捐贈（演示）", "Gift (demonstration)"),
    ("舊藏（演示）", "Old collection (demonstration)"),
    ("發掘出土（演示）", "Excavated (demonstration)"),
)
