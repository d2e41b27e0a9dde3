"""Metal and stone: coins, bronzes, jades and seals, their forms, motifs and stones, and what is told of them."""

from __future__ import annotations

from museum.demo.records.words import Term

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
