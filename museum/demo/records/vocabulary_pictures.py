"""What writing, landscapes, photographs, maps and posters show, and what is told of them."""

from __future__ import annotations

from museum.demo.records.words import Term

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
