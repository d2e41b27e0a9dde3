# ruff: noqa: E501 (sentences in two languages side by side)
"""Guided tours: what is told at their stops. Where a stop is, `museum.demo.guided` works out from the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from museum.demo.records.words import Term, Texts, say

Where = Literal["entrance", "category", "moment"]


@dataclass(frozen=True)
class StopRecord:
    """One stop: at the `entrance` of the hall `key`, before the nearest picture of the category `key`, or in a moment of the site `key`,
    the `moment`-th."""

    where: Where
    key: str
    title: Term
    body: Term
    moment: int = 0
    question: Term | None = None
    answers: tuple[Term, ...] = ()
    right: int = 0
    explanation: Term | None = None

    def texts(self) -> dict[str, Texts]:
        given = {"title": self.title, "body": self.body, "question": self.question, "explanation": self.explanation}
        return {name: say(*term) for name, term in given.items() if term}

    def choices(self) -> list[dict[str, Any]]:
        return [{"text": say(*answer), "right": number == self.right} for number, answer in enumerate(self.answers)]


@dataclass(frozen=True)
class GuidedRecord:
    """A guided tour with its address and its stops."""

    slug: str
    title: Term
    description: Term
    stops: tuple[StopRecord, ...] = field(default=())

    def texts(self) -> dict[str, Texts]:
        return {"title": say(*self.title), "description": say(*self.description)}


def guided_tours() -> list[GuidedRecord]:
    """All three, in their order."""
    return [_halls(), _time(), _hands()]


def _halls() -> GuidedRecord:
    return GuidedRecord(
        "five-halls",
        ("五座展館，一次走完", "Five Halls in One Walk"),
        ("第一次來？從序廳出發，五座展館各看一眼，知道哪裡最想再來。一路步行，該轉頭的時候有人替您轉。", "New here? From the lobby through all five halls, one look into each, so that you know where to come back to. You are walked there, and your head is turned for you when there is something to see."),
        (
            StopRecord("entrance", "tianjin-century", ("從序廳出發", "We begin in the lobby"), ("您站在序廳。五座展館的門，都從這裡開出去。地上的箭頭是路，牆上的畫、櫃裡的器物都可以點開，放大到看見筆觸。不急，先轉一圈看看。", "You are standing in the lobby, and the doors of all five halls open from here. The arrows on the floor are ways to walk. Every picture on the walls and every object in the cases opens, and enlarges until you see the strokes of the brush. No hurry: take a look around first.")),
            StopRecord("category", "photograph", ("中華百年看天津", "Tianjin through a Century"), ("近代中國看天津。這座展館從開埠講起：火車、電燈、電車、郵政、學堂，許多中國的“第一”，最先出現在海河邊上。老照片裡的人一動不動，因為那時照一張相，要屏住呼吸好幾秒。", "To see modern China, people used to say, look at Tianjin. This hall begins with the treaty port: railway, electric light, trams, post and schools, many of China's firsts stood on the banks of the Hai. The people in old photographs look stiff because they had to hold their breath for seconds.")),
            StopRecord("category", "map", ("天津人文的由來", "Origins of Tianjin"), ("天津這塊地，是海退之後才有的。先有鹽，再有漕運，永樂二年才有城。“天津”的意思，是天子經過的渡口。看地圖的時候，先找水：路會改，城會拆，河道記得最久。", "The ground of Tianjin rose from the sea. First there was salt, then grain barges, and only in 1404 a wall. Its name means the ford where the Son of Heaven crossed. On an old map look for the water first: roads move and walls fall, and it is the river that remembers longest."), question=("“天津”這個名字是什麼意思？", "What does the name Tianjin mean?"), answers=(("天上的集市", "The market of heaven"), ("天子經過的渡口", "The ford of the Son of Heaven"), ("面向大海的城", "The city facing the sea")), right=1, explanation=("朱棣由此渡河南下，奪得皇位，即位以後賜名“天津”。", "Zhu Di crossed the river here on his way south to win the throne, and named the place when he was emperor.")),
            StopRecord("entrance", "treasures", ("耀世奇珍", "Treasures"), ("這一座館只放最好的東西：山水、法書、禮玉、吉金、御窯。看山水不要站著看，要走進去：從畫下方的橋開始，沿著小路，看您能走到哪一座亭子。", "This hall keeps only the best: landscapes, calligraphy, ritual jades, bronzes, imperial porcelain. Do not look at a landscape, walk into it: begin at the bridge near the lower edge, follow the path, and see which pavilion you can reach.")),
            StopRecord("entrance", "porcelain", ("瓷都芳華", "Porcelain of Jingdezhen"), ("明清兩代，五百年的瓷，都從景德鎮的窯裡出來。從永樂、宣德的青花看起，到成化鬥彩、康熙五彩、雍正粉彩。記住一句話就夠了：看形，再看釉，最後才看畫。", "Five hundred years of porcelain, all from the kilns of Jingdezhen: from the blue and white of Yongle and Xuande to the doucai of Chenghua, the wucai of Kangxi, the famille rose of Yongzheng. One rule is enough: look at the shape, then at the glaze, and only then at what is painted on it.")),
            StopRecord("entrance", "coins", ("幣覽春秋", "Coins through the Ages"), ("最後一座館最小，講的事最大。海貝、刀、布，後來都變成了圓的；圓錢中間開方孔，一用就是兩千年。找一枚開元通寶：那四個字，傳說是歐陽詢寫的。導覽到這裡結束，門都開著，請隨意再走一遍。", "The last hall shows the smallest things and tells the largest story. Shells, knives and spades all became round in the end, and a square hole in a round coin lasted two thousand years. Look for a Kaiyuan Tongbao: its four characters are said to be by Ouyang Xun. Here the tour ends. All doors are open, walk as you like.")),
        ),
    )  # fmt: skip


def _time() -> GuidedRecord:
    return GuidedRecord(
        "through-time",
        ("四處地方，一百年", "Four Places, a Hundred Years"),
        ("站在同一個地方，看它的三個年代。車站、鼓樓、鐵橋、洋房：變的是什麼，沒有變的又是什麼？", "Stand on one spot and see it in three eras. A station, a drum tower, an iron bridge, a street of villas: what changes, and what does not?"),
        (
            StopRecord("moment", "old-railway-station", ("老龍頭車站，一八九二年", "The Old Station, 1892"), ("光緒十八年，車站搬到海河邊上，當地人叫它“老龍頭”。火車是新東西，站前更多的還是騾車和轎子。看看屋頂：洋式的山牆，蓋的是中國的瓦。", "In 1892 the station moved to the bank of the Hai, and people called it the Old Dragon's Head. The train was new; before the station there were still more mule carts and sedan chairs. Look at the roof: a western gable under Chinese tiles."), 0),
            StopRecord("moment", "old-railway-station", ("同一處，一九三七年", "The same spot, 1937"), ("四十五年過去。這一年夏天，戰事就在車站打響。站房換過了，街燈亮了，可是您腳下的位置一步也沒有動。", "Forty-five years on. In the summer of this year there was fighting for this very station. The building is another, there are street lamps, and yet you have not moved a step."), 1, ("從一八九二年到一九三七年，這裡最先消失的是什麼？", "What disappeared here first between 1892 and 1937?"), (("河", "The river"), ("騾車和轎子", "Mule carts and sedan chairs"), ("車站的鐘", "The station's clock")), 1, ("電車一九〇六年開行，人力車和電車很快取代了轎子。", "Trams ran from 1906 on, and together with rickshaws they soon replaced the sedan chair.")),
            StopRecord("moment", "drum-tower", ("鼓樓，一八八五年", "The Drum Tower, 1885"), ("城的正中間是鼓樓，一天報兩次時辰，早上開城門，晚上關城門。樓有三層，四面都是門洞：從哪一條街看過來，都看得見它。", "In the very middle of the walled city stands the Drum Tower. It gave the hour twice a day, for opening the gates and for closing them. An arch leads through it on each side, so that it was seen from every street."), 0),
            StopRecord("moment", "drum-tower", ("鼓樓，今天", "The Drum Tower today"), ("城牆一九〇一年拆了，鼓樓也兩度拆除。您現在看到的，是二〇〇一年照原樣重建的。時間線上往回拖，就能看見它中間的樣子。", "The walls came down in 1901, and the tower itself twice. What you see was built anew in 2001 after the old one. Drag back along the time line to see what stood between."), 2),
            StopRecord("moment", "hai-river-bridge", ("海河鐵橋，一九〇六年", "The iron bridge, 1906"), ("海河要走船，城裡要走車，一座橋兩頭為難。辦法是讓橋自己讓開：船來的時候，橋身打開，車馬就在岸邊等。", "The river must carry ships and the city must carry carts: a bridge cannot please both. The answer was a bridge that steps aside. When a ship comes it opens, and the carts wait on the bank."), 0),
            StopRecord("moment", "five-avenues", ("五大道，一九二一年", "The Five Avenues, 1921"), ("這裡原是一片水窪，用海河挖出來的泥墊高，蓋起了兩千多所小洋樓，沒有兩所完全一樣。住過的人裡，有總統、總理、軍閥、學者，也有他們的廚子和司機。", "This was marsh, raised with mud dredged from the river; then two thousand villas were built here, no two of them alike. Presidents, warlords and scholars lived in them, and their cooks and drivers did too."), 0),
            StopRecord("moment", "five-avenues", ("五大道，今天", "The Five Avenues today"), ("樹長高了，樓還是那些樓。打開“時光鏡”，拿著它在牆上走一走：鏡子裡是一九二一年，鏡子外面是現在。這趟導覽到這裡結束。", "The trees have grown, the houses are the same. Open the lens and carry it along the walls: inside it is 1921, outside it is now. Here the tour ends."), 2),
        ),
    )  # fmt: skip


def _hands() -> GuidedRecord:
    return GuidedRecord(
        "how-to-look",
        ("怎樣看一件東西", "How to Look at a Thing"),
        ("七件東西，七種看法。學會了，走到哪座博物館都用得上。", "Seven things, and seven ways of looking. They serve you in any museum."),
        (
            StopRecord("category", "porcelain", ("瓷器：先看形", "Porcelain: the shape first"), ("把眼睛瞇起來，只看輪廓。從口到肩，從肩到腹，從腹到足，線條在哪裡轉彎，工匠的手就在哪裡停過。形好的瓶子，不畫也好看。", "Narrow your eyes and see only the outline. From lip to shoulder, from shoulder to belly, from belly to foot: wherever the line turns, a hand has paused. A vase of good shape needs no painting."), question=("看一件瓷器，最後才看什麼？", "What does one look at last in porcelain?"), answers=(("器形", "The shape"), ("釉", "The glaze"), ("畫", "The painting")), right=2, explanation=("形是骨，釉是肉，畫是衣裳：衣裳最容易換。", "Shape is bone, glaze is flesh, painting is dress, and dress is what is changed most easily.")),
            StopRecord("category", "coin", ("錢幣：看邊緣", "Coins: the edge"), ("字人人都看，行家先看邊。邊上有沒有銼痕，厚薄勻不勻，鑄口在哪裡：一枚錢怎樣從模子裡掰下來，邊上都寫著。點開它，放到最大。", "Everybody reads the characters; those who know look at the edge. Traces of a file, an even thickness, the place where the metal ran in: the edge tells how a coin was broken from its tree. Open it and enlarge it as far as it goes.")),
            StopRecord("category", "bronze", ("青銅：看接縫", "Bronze: the seams"), ("青銅器今天是綠的，鑄成那天是金色的，所以古人叫它“吉金”。找一找範線：花紋斷開的地方，就是兩塊泥範合攏的地方。", "Bronze is green now, but golden on the day it was cast, and so it was called the auspicious metal. Look for seams: where the pattern breaks, two pieces of the clay mould have met.")),
            StopRecord("category", "jade", ("玉：看光", "Jade: the light"), ("玉不是刻出來的，是磨出來的：用沙子和水，一點一點地磨。所以不要看線，要看光怎樣在面上走。走得圓，功夫就到了。", "Jade is not carved but ground, with sand and water, little by little. So do not look at the lines, look at how light travels over the surface. Where it travels round, the work is good.")),
            StopRecord("category", "seal", ("印章：看留白", "Seals: the white"), ("方寸之間，紅的是字，白的也是字。先看白：哪裡密得不透風，哪裡空得可以跑馬，一方印的氣，就在這疏密之間。", "In a square inch, the red is writing and so is the white. Look at the white first: where no wind gets through, and where a horse could gallop. The breath of a seal is in the difference.")),
            StopRecord("category", "calligraphy", ("書法：跟著寫", "Calligraphy: write along"), ("不認得字也不要緊。伸出一根手指，跟著筆畫走一遍：哪裡快，哪裡慢，哪裡停，哪裡提。走完了，您就和寫字的人呼吸過同一口氣。", "It does not matter whether you can read it. Put out a finger and follow the strokes: where it runs, where it lingers, where it stops, where it lifts. When you are through, you have drawn the writer's own breath."), question=("看書法，先要認得字嗎？", "Must one be able to read calligraphy first?"), answers=(("要，不然沒法看", "Yes, there is no other way"), ("不必，先跟著筆走", "No, follow the brush first")), right=1, explanation=("字形會變，呼吸不會。跟著筆走，自然就看進去了。", "Script changes, breath does not. Follow the brush, and you are in it.")),
            StopRecord("category", "landscape", ("山水：走進去", "Landscape: walk in"), ("最後一件，什麼都不用記。找到路，走上去，過橋，歇一歇，再往高處走。走到看不見路的地方，就是畫家請您自己走的地方。", "For the last one there is nothing to remember. Find the path, take it, cross the bridge, rest, and go on upwards. Where you see no path any more, the painter asks you to find your own.")),
        ),
    )  # fmt: skip
