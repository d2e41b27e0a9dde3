"""Chapters in which the hall is reviewed, opened, and visited."""

from __future__ import annotations

from tests.browser.show.chapters import chapter
from tests.browser.show.hands import until
from tests.browser.show.walk import HALL, TOUR, Walk, slug_of


@chapter(
    "review", "send", "returned",
    en=("Send for review, and talk about it", """A contributor ticks all scenes of the hall and presses
        **{review.send}**. The editor finds them on her first page, looks, and publishes, or writes what is to be
        done and presses **{review.return}**. Whoever had sent it finds it on her own first page, with those words,
        puts it right and sends it again."""),
    zh=("送审与意见", """投稿人勾选全馆的场景，点**{review.send}**。主编在首页看到它们，看过之后公开，或写明要改什么，
        点**{review.return}**。送审的人在自己的首页看到退回的场景和意见，改好再送。"""),
)  # fmt: skip
def review(walk: Walk) -> None:
    tao, mei = walk.tao, walk.mei
    walk.to(tao, f"/admin/venues/{HALL}", f"/admin/records/scenes?venue={HALL}&state=draft")
    tao.tick("[data-choose-all] input")
    until(tao.page, "!document.querySelector('button[value=send]').disabled")
    walk.look(tao, "send")
    tao.press("button[value=send]")
    assert str(walk.house.count) in walk.done(tao)

    walk.to(mei, "/admin/")
    slug = slug_of(walk.house.rooms[1])
    walk.to(mei, "/admin/reviews", f"/admin/scenes/{slug}")
    words = "标题里请写出主题。" if walk.language == "zh-Hans" else "Please say in the title what it is about."
    mei.write(".review textarea[name=body]", words)
    with mei.page.expect_navigation():
        mei.press("button[formaction$='/review/return']")
    walk.to(tao, "/admin/")
    assert words in tao.page.inner_text("main")
    walk.look(tao, "returned")
    walk.to(tao, f"/admin/scenes/{slug}")
    walk.arrive(tao)
    tao.write(".fields input[name='title:en']", "Room 2: four seasons")
    tao.write(".fields input[name='title:zh-Hans']", "第二室：四时")
    with tao.page.expect_navigation():
        tao.press(".fields button.primary")
    walk.arrive(tao)
    tao.write(".review textarea[name=body]", "好了。" if walk.language == "zh-Hans" else "Done.")
    with tao.page.expect_navigation():
        tao.press("button[formaction$='/review/send']")


@chapter(
    "open", "open",
    en=("Open the hall", """Until now nobody outside has seen anything; **{review.preview}** on the hall's page
        makes a link that shows it to somebody without an account. **{review.open-whole}** lists all that would
        become visible: the hall, its scenes, the place and the pictures. **{review.open-these}** shows all of it at
        once, or nothing, and can be undone."""),
    zh=("开放展馆", """到此为止，外人什么也看不到；展馆页上的**{review.preview}**可生成链接，给没有账号的人先看。**
        {review.open-whole}**列出将要公开的一切：展馆、场景、地点和展图。**{review.open-these}**使它们同时公开，缺一
        则全不公开，并可撤销。"""),
)  # fmt: skip
def open_hall(walk: Walk) -> None:
    mei = walk.mei
    walk.to(mei, "/admin/venues", f"/admin/venues/{HALL}")
    preview(walk)
    assert walk.server.get(f"/venues/{HALL}").status_code == 404
    walk.to(mei, "/admin/reviews", f"/admin/venues/{HALL}/open")
    walk.look(mei, "open")
    mei.press("form.opening button.primary")
    walk.done(mei)


def preview(walk: Walk) -> None:
    """Make a link that shows the hall before it is public, and follow it as somebody else."""
    walk.mei.press("details.planning:has(form[action$='/preview']) > summary")
    with walk.mei.page.expect_navigation():
        walk.mei.press("form[action$='/preview'] button")
    link = walk.mei.page.input_value("input.preview-link")
    friend = walk.somebody()
    assert friend.page.goto(link).status == 200
    assert ("山水厅" if walk.language == "zh-Hans" else "Hall of landscapes") in friend.page.inner_text("h1")
    friend.page.context.close()


@chapter(
    "visit", "visit", "then",
    en=("What visitors see", """They enter the hall, walk from room to room, open what hangs on the walls, and
        travel to the same place in another time."""),
    zh=("观众所见", """观众进入展馆，从一室走到另一室，打开墙上的作品，再到同一地点的另一个时代。"""),
)  # fmt: skip
def visit(walk: Walk) -> None:
    visitor = walk.somebody(390, 844)
    page = visitor.page
    page.goto(f"{walk.server.url}/venues/{HALL}")
    with page.expect_navigation():
        visitor.press("a.enter")
    walk.at(page, slug_of(walk.house.rooms[0]))
    tour = walk.tour(slug_of(walk.house.rooms[0]))
    spot = next(one for one in tour["hotspots"] if one["kind"] == "image")
    page.evaluate(f"{TOUR}.turnTo({{yaw: {spot['yaw']}, pitch: {spot.get('pitch', 0)}, fov: 70}}, 0)")
    until(page, f"!{TOUR}.moving")
    visitor.press(f"[data-hotspot='{spot['id']}']")
    page.locator("museum-exhibit dialog[open] canvas").first.wait_for()
    walk.look(visitor, "visit")
    page.keyboard.press("Escape")
    until(page, f"{TOUR}.openedHotspot === undefined")
    way = tour["links"][0]
    page.evaluate(f"{TOUR}.turnTo({{yaw: {way['yaw']}, pitch: -10, fov: 75}}, 0)")
    until(page, f"!{TOUR}.moving")
    visitor.press(f"[data-link='{way['id']}']")
    walk.at(page, way["scene"])
    now, then = slug_of(walk.house.place, True), slug_of(walk.house.rooms[-1], True)
    page.goto(f"{walk.server.url}/scenes/{now}")
    walk.at(page, now)
    visitor.press(f"[data-moment='{then}']")
    walk.at(page, then)
    walk.look(visitor, "then")
    page.context.close()
