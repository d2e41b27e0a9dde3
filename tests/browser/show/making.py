"""Chapters in which people, pictures and panoramas come into the museum."""

from __future__ import annotations

from tests.browser.show.chapters import chapter
from tests.browser.show.hands import until
from tests.browser.show.walk import BY_HAND, HALL, PASSWORD, Walk


@chapter(
    "people", "people",
    en=("Who does what", """The administrator, whom the operator made with `museum user add`, opens
        **{admin.people}** under **{admin.further}** and invites an editor by a link that works once; a contributor she adds at
        once. A contributor makes drafts, an editor reviews them and opens halls."""),
    zh=("各人的工作", """管理员由运维用 `museum user add` 建立。打开**{admin.further}**里的**{admin.people}**，用只能用一次的链接邀请
        一位主编，再直接添加一位投稿人。投稿人做草稿，主编审核并开放展馆。"""),
)  # fmt: skip
def let_people_in(walk: Walk) -> None:
    walk.log_in(walk.head, "head")
    walk.head.press("button.admin-more")
    walk.to(walk.head, "/admin/people")
    invite = "form[action$='/invitations']"
    walk.head.write(f"{invite} input[name=note]", "Mei")
    walk.head.choose(f"{invite} select[name=role]", "editor")
    walk.head.press(f"{invite} button.primary")
    walk.head.page.wait_for_selector("[role=status] input.preview-link")
    invitation = walk.head.page.input_value("[role=status] input.preview-link")
    add = "form[action='/admin/people']"
    walk.head.write(f"{add} input[name=name]", "tao")
    walk.head.write(f"{add} input[name=display_name]", "Tao")
    walk.head.choose(f"{add} select[name=role]", "contributor")
    walk.head.write(f"{add} input[name=password]", PASSWORD)
    walk.head.press(f"{add} button.primary")
    walk.done(walk.head)
    walk.look(walk.head, "people")
    walk.mei.page.goto(invitation)
    walk.mei.write("input[name=name]", "mei")
    walk.mei.write("input[name=display_name]", "Mei")
    walk.mei.write("input[name=password]", PASSWORD)
    walk.mei.press(".login button.primary")
    walk.mei.page.wait_for_url(f"{walk.server.url}/admin/")


@chapter(
    "hall", "empty", "hall",
    en=("Make the hall", """The first page of an empty museum says what to do first: **{admin.first-venue}**. A
        title in one language is enough. The hall's page then lists the steps that lead from panoramas to an open
        hall."""),
    zh=("建立展馆", """空博物馆的首页会说先做什么：**{admin.first-venue}**。有一种语言的标题即可。之后，展馆页列出从
        全景到开馆的各个步骤。"""),
)  # fmt: skip
def make_hall(walk: Walk) -> None:
    walk.look(walk.mei, "empty")
    walk.to(walk.mei, "/admin/venues")
    walk.mei.write("input[name='title:zh-Hans']", "山水厅")
    walk.mei.write("input[name='title:en']", "Hall of landscapes")
    walk.mei.press("main button.primary")
    walk.mei.page.wait_for_url(f"{walk.server.url}/admin/venues/{HALL}")
    walk.look(walk.mei, "hall")


@chapter(
    "pictures", "pictures",
    en=("Bring pictures", """Pictures that hotspots are to open go in under **{review.records}**,
        **{review.kinds-image}**: choose as many as you like. Each becomes a draft named after its file."""),
    zh=("添加展图", """热点要打开的展图，在**{review.records}**的**{review.kinds-image}**里添加，可一次选多张。每张
        成为一条以文件名命名的草稿。"""),
)  # fmt: skip
def bring_pictures(walk: Walk) -> None:
    walk.log_in(walk.tao, "tao")
    walk.to(walk.tao, "/admin/records", "/admin/records/images")
    walk.tao.drop("[data-add-pictures] form", "[data-add-pictures] input[type=file]", walk.pictures)
    walk.tao.page.locator(".picture-files .ready").nth(BY_HAND - 1).wait_for()
    for _ in range(200):
        if walk.tao.page.locator(".chosen-row img").count() == BY_HAND:
            break
        walk.tao.page.wait_for_timeout(200)
        walk.tao.page.reload()
    walk.look(walk.tao, "pictures")


@chapter(
    "panoramas", "plan", "arrived",
    en=("Upload all panoramas with their spreadsheet", """On the hall's page follow **{admin.upload-many}** and drop
        all panoramas at once, with the spreadsheet beside them. Its rows give each panorama its title, place on the
        floor plan and heading; further rows with the same file name are hotspots in it. Before anything is sent the
        page says what will become of each file, and what is to be put right in the sheet. Then press
        **{uploads.send}**: each file becomes a draft scene as soon as it has arrived."""),
    zh=("连同表格上传全部全景", """在展馆页点**{admin.upload-many}**，把全部全景连同表格一起拖进去。表格中的行给出每
        张全景的标题、平面图位置和方位角；同一文件名再有的行是其中的热点。上传之前，页面说明每个文件将成为什么、表格
        哪里要改。再点**{uploads.send}**：每个文件一到即成为草稿场景。"""),
)  # fmt: skip
def upload(walk: Walk) -> None:
    page = walk.tao.page
    walk.to(walk.tao, "/admin/venues", f"/admin/venues/{HALL}", f"/admin/venues/{HALL}/upload")
    page.wait_for_selector("form.scripted-upload")
    walk.tao.drop("form.upload", "[data-files]", [*walk.photographs, walk.sheet])
    page.wait_for_selector(".plan button.primary")
    assert page.locator(".plan .faults").count() == 0, page.inner_text(".plan")
    walk.look(walk.tao, "plan")
    walk.tao.press(".plan button.primary")
    page.wait_for_url("**/admin/batches/*")
    until(page, f"document.querySelectorAll('[data-lines] > .ready').length === {walk.house.count}", 300)
    page.wait_for_selector("[data-next]:not([hidden])")
    walk.look(walk.tao, "arrived")
