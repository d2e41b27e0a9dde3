"""Many panoramas dropped at once in a real browser: the plan, the sheet, going on after a reload, and taking it all back."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from museum.curation import drafting, people
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests.browser.axe import violations
from tests.browser.dropping import drop_files
from tests.browser.test_curator_first_scene import PASSWORD, draw_panorama, log_in, shoot, until
from tests.support import RunningServer, start_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


async def _fill(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    await people.add_person(database, "Mei", PASSWORD, role="editor")
    async with database.write() as session:
        await drafting.create_venue(session, kind="hall", texts={"title": {"zh-Hans": "东厅", "en": "East hall"}})
    await database.close()


@pytest.fixture(scope="module")
def hall_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A museum with one empty hall."""
    settings = Settings(data=tmp_path_factory.mktemp("museum") / "museum", port=0, min_free_bytes=0)
    settings.data.mkdir()
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings)))
    thread.start()
    thread.join()
    running = start_server(settings)
    yield running
    running.stop()


def save_sheet(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def states(page: Any) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('[data-lines] > li')].map((line) => line.className.split(' ')[1])"
    )


def check_axe(page: Any) -> None:
    assert violations(page) == []


def test_a_hall_from_one_drop(hall_server: RunningServer, chromium: Any, tmp_path: Path) -> None:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True, coarse=True
    )
    page = context.new_page()
    log_in(page, hall_server)
    page.goto(f"{hall_server.url}/admin/venues/east-hall")
    page.click("text=批量上传")
    page.wait_for_selector("form.scripted-upload")
    shoot(page, "batch-empty")
    check_axe(page)
    panoramas = [draw_panorama(tmp_path / f"{number}.jpg", 20 * number) for number in range(1, 6)]
    same = tmp_path / "same.jpg"
    same.write_bytes(panoramas[0].read_bytes())
    text = tmp_path / "notes.pdf"
    text.write_bytes(b"%PDF-1.7 nothing to see")
    flat = tmp_path / "flat.jpg"
    from PIL import Image

    Image.new("RGB", (900, 600), (90, 40, 30)).save(flat)
    heading = ["文件", "标题", "title_en", "north", "平面图x", "平面图y"]
    wrong = save_sheet(
        tmp_path / "wrong.xlsx",
        [
            [*heading, "打开", "内容"],
            ["1.jpg", "序厅", "Lobby", "东", 0, 0, "", ""],
            ["2.jpg", "", "", "", "", "", "文物", "T-404"],
        ],
    )
    drop_files(page, "form.upload", [*panoramas, same, text, flat, wrong])
    page.wait_for_selector(".plan .faults")
    assert "第 2 行“north”列" in page.inner_text(".plan .faults")
    assert "不是 -360 到 360 之间的数" in page.inner_text(".plan .faults")
    assert "第 3 行“内容”列" in page.inner_text(".plan .faults"), "the hotspot's own row"
    assert "8 个文件中有 6 个将成为场景草稿" in page.inner_text(".plan"), "its picture is none the worse for it"
    assert page.locator(".plan button.primary").count() == 0, "not before the sheet is right"
    shoot(page, "batch-faults")

    right = save_sheet(
        tmp_path / "right.xlsx",
        [
            heading,
            ["1.jpg", "序厅", "Lobby", 90, 0, 0],
            ["2.jpg", "长廊", "Gallery", 0, 4, 0],
            ["9.jpg", "无", "", "", "", ""],
        ],
    )
    page.set_input_files("form.upload [data-files]", right)
    page.wait_for_selector(".plan button.primary")
    assert "right.xlsx" in page.inner_text(".sheet-line"), "in place of the other, and the pictures stay"
    plan = page.text_content(".plan") or ""
    assert "8 个文件中有 6 个将成为场景草稿" in plan
    assert "没有“9.jpg”" in plan
    assert "将成为“序厅”（lobby；第 2 行）" in plan
    assert "与 1.jpg 内容相同" in plan
    assert "这不是可以做成全景的图片" in plan
    assert page.locator(".plan .file-group").first.inner_text().startswith("不会上传：2"), "what needs her is first"
    shoot(page, "batch-plan")
    check_axe(page)
    page.click(".plan .file-row.made:has-text('5.jpg') button")
    page.wait_for_selector("text=7 个文件中有 5 个将成为场景草稿")
    page.click(".sheet-line button")
    page.wait_for_selector(".plan:not(:has(.sheet-line))")
    assert "lobby" not in page.inner_text(".plan")
    page.set_input_files("form.upload [data-files]", panoramas[4])
    page.wait_for_selector("text=8 个文件中有 6 个将成为场景草稿")
    page.set_input_files("form.upload [data-files]", right)
    page.wait_for_selector(".plan .sheet-line")
    assert "8 个文件中有 6 个将成为场景草稿" in page.inner_text(".plan")
    page.click(".plan button.primary")
    page.wait_for_url("**/admin/batches/*")
    until(page, "document.querySelectorAll('[data-lines] > .ready').length === 5", 180)
    until(page, "document.querySelectorAll('[data-lines] > .failed').length === 1", 90)
    assert page.inner_text(".overall .hint") == "已制作完成 5 / 6 个全景", "one could not be made"
    page.wait_for_selector(".overall [data-next]")
    assert "还没做好：1 个" in page.inner_text("[data-awaited]"), "the figures agree"
    assert page.locator("[data-joins].primary").count() == 0
    assert "全部文件已到达" in page.inner_text(".overall")
    assert "不是 360° 全景" in (page.text_content("[data-lines] > .failed") or ""), "why it failed"
    shoot(page, "batch-done")
    check_axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    shoot(page, "batch-done-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
    batch = page.url

    # Without scripts the same page tells the same.
    plain = chromium.new_context(java_script_enabled=False, locale="en", storage_state=context.storage_state())
    reader = plain.new_page()
    reader.goto(f"{batch}?lang=en")
    assert reader.locator("[data-lines] > .ready").count() == 5
    assert "Lobby" in (reader.text_content(".file-group.done") or "")
    assert reader.locator(".file-group").first.get_attribute("class") == "file-group attention", (
        "what needs her is first"
    )
    plain.close()

    page.goto(f"{hall_server.url}/admin/scenes/lobby")
    assert page.input_value(".fields input[name=north]") == "90.0"
    assert page.input_value('.fields input[name="title:zh-Hans"]') == "序厅"

    # Brought a second time they are known, and nothing is made twice.
    page.goto(f"{hall_server.url}/admin/venues/east-hall/upload")
    drop_files(page, "form.upload", panoramas[:2])
    page.wait_for_selector(".plan")
    assert (page.text_content(".plan") or "").count("不会重复建立") == 2
    assert page.locator(".plan button.primary").count() == 0

    page.goto(batch)
    page.wait_for_selector(".attention .row-actions")
    assert "还没做好：1 个" in page.inner_text("[data-awaited]")
    page.focus(".attention .row-actions button.quiet")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.file-group.done .gone').length === 1", 30)
    assert page.locator(".file-group.attention").is_hidden(), "nothing needs her any more"
    assert page.inner_text("[data-awaited]") == ""
    assert page.locator("[data-joins].primary").count() == 1
    assert page.evaluate("document.activeElement.closest('.file-row')?.className") == "file-row gone", "where she was"
    page.click("text=撤销整次上传")
    page.wait_for_selector(".notice-line.done")
    assert set(states(page)) == {"gone"}
    page.click(".notice-line button")
    until(page, "document.querySelectorAll('[data-lines] > .ready').length === 5", 30)
    context.close()


def test_it_goes_on_after_the_laptop_was_closed(hall_server: RunningServer, chromium: Any, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en", coarse=True)
    page = context.new_page()
    log_in(page, hall_server)
    page.goto(f"{hall_server.url}/admin/venues/east-hall/upload")
    page.wait_for_selector("form.scripted-upload")
    panoramas = [draw_panorama(tmp_path / f"long-{number}.jpg", 30 * number, grain=120) for number in range(5)]
    total = sum(path.stat().st_size for path in panoramas)
    drop_files(page, "form.upload", panoramas)
    page.wait_for_selector(".plan button.primary")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": total / 20}
    line.send("Network.emulateNetworkConditions", slow)
    page.click(".plan button.primary")
    page.wait_for_url("**/admin/batches/*")
    until(page, "document.querySelector('.overall progress')?.value > 0.3")
    shoot(page, "batch-under-way")
    batch = page.url
    context.storage_state(path=str(tmp_path / "state.json"))
    context.close()

    # Another browser of hers, another day.
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="en", storage_state=str(tmp_path / "state.json"), coarse=True
    )
    page = context.new_page()
    page.goto(batch)
    page.wait_for_selector("form.scripted-upload")
    until(page, "document.querySelectorAll('[data-lines] > .waiting').length > 0")
    offsets: list[int] = []
    page.on(
        "request",
        lambda request: offsets.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    drop_files(page, "form.upload", panoramas)
    until(page, "document.querySelectorAll('[data-lines] > .ready').length === 5", 180)
    assert len(offsets) < 5 or any(offset > 0 for offset in offsets), "what had arrived is not sent again"
    context.close()


def test_photographs_find_their_artifact_whether_she_waits_or_not(
    hall_server: RunningServer, chromium: Any, tmp_path: Path
) -> None:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True, coarse=True
    )
    page = context.new_page()
    log_in(page, hall_server)
    page.goto(f"{hall_server.url}/admin/records/artifacts/new")
    page.fill('input[name="title:zh-Hans"]', "青花瓶")
    page.fill("input[name=accession_number]", "T-7")
    page.click("main button.primary")
    page.wait_for_url("**/admin/artifacts/*/review*")
    page.click("text=照片与顺序")
    page.wait_for_selector("form.picture-upload.scripted-upload")
    home = page.url
    front = draw_panorama(tmp_path / "front.jpg", 50)
    text = tmp_path / "notes.pdf"
    text.write_bytes(b"%PDF-1.7 nothing to see")
    drop_files(page, "form.picture-upload", [front, text])
    page.wait_for_selector(".picture-files .ready")
    assert "不是" in (page.text_content(".picture-files .refused") or ""), "said before it was sent"
    page.wait_for_selector(".stop-row .alt-form input[lang]")
    page.fill('.alt-form input[name="alt:zh-Hans"]', "正面：莲花")
    # What comes in meanwhile takes nothing of what she types.
    drop_files(page, "form.picture-upload", [draw_panorama(tmp_path / "back.jpg", 90)])
    until(page, "document.querySelectorAll('.picture-files .ready').length === 2", 60)
    until(page, "document.querySelectorAll('.stop-row img').length === 2", 30)
    assert page.input_value('.alt-form input[name="alt:zh-Hans"]') == "正面：莲花"
    shoot(page, "photographs-arrived")
    check_axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    shoot(page, "photographs-arrived-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator('.alt-form input[name="alt:zh-Hans"]').nth(1).fill("背面：题款")
    page.locator(".alt-form button").first.click()
    until(page, "document.querySelectorAll('.alt-form').length === 1", 30)
    assert page.input_value('.alt-form input[name="alt:zh-Hans"]') == "背面：题款", "what is not saved yet stays"
    page.locator(".alt-form button").first.click()
    until(page, "document.querySelectorAll('.alt-form').length === 0", 30)

    # On another day the lid of her laptop was shut when half of it was there.
    long = draw_panorama(tmp_path / "inside.jpg", 10)
    content = long.read_bytes()
    told = {"filename": long.name, "goal": f"artifact/{home.split('/')[-2]}"}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())
    tus = {"Tus-Resumable": "1.0.0", "Origin": hall_server.url}
    size = {"Upload-Length": str(len(content)), "Upload-Metadata": metadata}
    begun = page.request.post(f"{hall_server.url}/admin/uploads", headers=tus | size)
    half = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    address = hall_server.url + begun.headers["location"]
    assert page.request.patch(address, headers=tus | half, data=content[: len(content) // 2]).status == 204
    page.goto(home)
    page.wait_for_selector(".picture-files .waiting:has-text('上传到一半')")
    sent: list[int] = []
    page.on(
        "request",
        lambda request: sent.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    drop_files(page, "form.picture-upload", [long])
    until(page, "document.querySelectorAll('.stop-row img').length === 3", 60)
    assert sent == [len(content) // 2], "what had arrived is not sent again"
    context.close()
