"""Chapters in which scenes are joined, laid over each other, and furnished."""

from __future__ import annotations

from tests.browser.show.chapters import chapter
from tests.browser.show.hands import until
from tests.browser.show.rooms import OLD_NORTH
from tests.browser.show.walk import BY_HAND, HALL, Walk, slug_of


@chapter(
    "neighbours", "neighbours",
    en=("Link the scenes", """**{eras.neighbours}** proposes from the floor plan and the headings which scenes lead
        to each other. Take the tick off what is wrong; **{eras.join}** makes all the others, both ways at once."""),
    zh=("连接场景", """**{eras.neighbours}**按平面图和方位角建议哪些场景相通。不对的去掉勾选；**{eras.join}**一次建
        立其余全部，双向同时。"""),
)  # fmt: skip
def link(walk: Walk) -> None:
    walk.to(walk.tao, f"/admin/venues/{HALL}/neighbours")
    assert walk.tao.page.locator("input[name=way]").count() == walk.house.ways
    walk.look(walk.tao, "neighbours")
    walk.tao.press("form[action$='/neighbours'] button.primary")
    assert str(2 * walk.house.ways) in walk.done(walk.tao)


@chapter(
    "eras", "align",
    en=("Lay the eras over each other", """Two panoramas to which the sheet gives one place are its moments. On the
        page of the old one, **{eras.align}** proposes the turn that lays it over the other and says how sure it is.
        Look through, wipe, and press **{eras.accept}**."""),
    zh=("对齐两个时代", """表格中写了同一地点的两张全景，是它的两个时刻。在旧照片的页面上，**{eras.align}**建议旋转
        多少才与另一张重合，并说明有多大把握。透过看看、左右抹开比较，再点**{eras.accept}**。"""),
)  # fmt: skip
def align(walk: Walk) -> None:
    old = slug_of(walk.house.rooms[-1], place=True)
    walk.to(walk.tao, f"/admin/venues/{HALL}", f"/admin/scenes/{old}", f"/admin/scenes/{old}/align")
    page = walk.tao.page
    page.wait_for_selector("[data-sliders]:not([hidden])")
    proposed = float(page.input_value("[data-align] input[name=north]"))
    assert abs((proposed - OLD_NORTH + 180) % 360 - 180) < 1, proposed
    # What is typed moves the picture, and the slider wipes it.
    walk.tao.write("[data-align] input[name=north]", "90")
    assert page.get_attribute("[data-moving] image:nth-of-type(2)", "x") == "512"
    edge = "const edge = document.querySelector('[data-edge]'); edge.value = 55; edge.dispatchEvent(new Event('input'))"
    page.evaluate(edge)
    assert page.get_attribute("[data-wipe]", "width") == "1126.4"
    walk.tao.write("[data-align] input[name=north]", str(proposed))
    until(page, "[...document.querySelectorAll('[data-moving] image')].length === 3")
    walk.look(walk.tao, "align")
    walk.tao.press("[data-align] button.primary")
    walk.done(walk.tao)


@chapter(
    "editor", "editor", "picker",
    en=("Look round in a scene", """A scene's page shows it as visitors will see it. Hotspots that the sheet gave no
        direction wait at the front, with a question mark: **{editor.unplaced-next}** steps through them, and a click puts
        each where it belongs (or turn the picture by arrow keys and press *Enter*). **{editor.tool-hotspot}** and a click
        place another; what it opens is chosen by its picture.
        Everything is saved by itself. Step to the neighbours beneath the picture."""),
    zh=("在场景中布置", """场景页所见与观众将看到的一样。表格没有给出方向的热点带着问号等在正前方：用
        **{editor.unplaced-next}**逐个处理，再点一下它该在的地方（或用方向键转动画面，按 *Enter*）。
        点**{editor.tool-hotspot}**再点一处，可添加一个，所打开的内容看图选择。
        一切自动保存。画面下方可走到相邻场景。"""),
)  # fmt: skip
def edit(walk: Walk) -> None:
    page = walk.tao.page
    lobby = walk.house.rooms[0]
    walk.to(walk.tao, "/admin/venues", f"/admin/venues/{HALL}", f"/admin/scenes/{slug_of(lobby)}")
    walk.arrive(walk.tao)
    for wall, across in ((0, -1.5), (0, 1.5)):
        place_next(walk, lobby.yaw(wall, across))
    walk.look(walk.tao, "editor")
    for number, (wall, across) in enumerate(((1, -1.5), (1, 1.5))):
        place_picture(walk, lobby.yaw(wall, across), number, "picker" if number == 0 else "")
    walk.tao.press(f"[data-step='{slug_of(walk.house.rooms[1])}']")
    until(page, f"location.pathname === '/admin/scenes/{slug_of(walk.house.rooms[1])}'")
    walk.arrive(walk.tao)
    for number, (wall, across) in enumerate(((0, 1.5), (1, 1.5))):
        place_picture(walk, walk.house.rooms[1].yaw(wall, across), 2 + number, "")


def place_next(walk: Walk, yaw: float) -> None:
    """Take the next hotspot that waits for a place, and put it where one looks."""
    page = walk.tao.page
    waiting = page.locator(".handle.unplaced").count()
    walk.tao.press("[data-next-unplaced]")
    walk.tao.turn(yaw)
    point(walk)
    until(page, f"Math.abs(document.querySelector('[data-field=yaw]')?.value - ({yaw})) < 5")
    assert page.locator(".handle.unplaced").count() == waiting - 1
    walk.saved()


def point(walk: Walk) -> None:
    """Say that it is the middle of the picture that is meant."""
    if walk.keyboard:
        walk.tao.page.keyboard.press("Enter")
    else:
        box = walk.tao.page.locator("museum-tour").bounding_box()
        walk.tao.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def place_picture(walk: Walk, yaw: float, number: int, shot: str) -> None:
    page = walk.tao.page
    count = page.locator(".handle.thing").count()
    walk.tao.press("[data-tool=hotspot]")
    walk.tao.turn(yaw)
    point(walk)
    page.wait_for_selector("[data-picker]")
    if page.input_value("[data-kind]") != "image":
        walk.tao.choose("[data-kind]", "image")
    page.wait_for_selector(f".choices li:nth-of-type({BY_HAND}) img")
    if shot:
        walk.look(walk.tao, shot)
    slug = page.evaluate(f"document.querySelectorAll('.choices button')[{number}].dataset.slug")
    walk.tao.press(f".choices button[data-slug='{slug}']")
    until(page, f"document.querySelectorAll('.handle.thing').length === {count + 1}")
    walk.saved()
