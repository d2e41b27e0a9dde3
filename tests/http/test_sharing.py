"""How pages look elsewhere: link previews, structured data, oEmbed, frames and sitemaps, read as those who use them read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.namespace import RDF, SDO
from sqlalchemy import update

from museum.collection import sitemap_query
from museum.collection.models import Artifact
from museum.collection.records_query import KINDS
from museum.languages import LANGUAGES
from museum.web.sharing.head import shortened
from tests.http.conftest import Museum
from tests.pages_sample import HOSTILE

PAGES = {
    "/": "夜游博物馆",
    "/venues": "展馆",
    "/venues/tianjin": "中华百年看天津",
    "/venues/station-site": "老龙头火车站",
    "/scenes/lobby": "大堂",
    "/places/station": "老龙头火车站站前",
    "/artifacts/vase": "青花缠枝莲纹瓶",
    "/artifacts/hostile": HOSTILE,
    "/artifacts/coin-40": "开元通宝 40",
    "/images/wall-map": "天津城厢图",
    "/places": "穿越时空",
    "/exhibitions": "线上展览",
    "/exhibitions/show-0": "河海之间 0",
    "/activities": "学习活动",
    "/activities/seafood": "北塘海鲜",
    "/collection": "藏品总览",
    "/collection?category=coin&page=2": "钱币",
}
# rdflib's own parser uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning", "ignore:Code. :UserWarning")
XHTML = "{http://www.w3.org/1999/xhtml}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


class Reader(HTMLParser):
    """The head of a page as a crawler takes it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.data: list[Any] = []
        self._data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.meta.setdefault(name, []).append(given["content"])
        elif tag == "link":
            self.links.append(given)
        self._data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._data:
            self.data.append(json.loads(data))
            self._data = False

    def one(self, name: str) -> str:
        (value,) = self.meta[name]
        return value

    def link(self, rel: str, **wanted: str) -> str:
        (found,) = [
            link["href"]
            for link in self.links
            if link["rel"] == rel and all(link.get(name) == value for name, value in wanted.items())
        ]
        return found


async def read(museum: Museum, path: str, language: str = "zh-Hans") -> Reader:
    answer = await museum.client.get(path, headers={"Accept-Language": language, "Accept": "text/html"})
    assert answer.status == 200, path
    return Reader(await answer.text())


def local(museum: Museum, address: str) -> str:
    """The path of an address of this museum."""
    base = str(museum.client.make_url("/"))
    assert address.startswith(base), address
    return "/" + address.removeprefix(base)


async def test_every_page_has_a_preview(museum: Museum) -> None:
    pictures: set[str] = set()
    for path, title in PAGES.items():
        page = await read(museum, path)
        assert page.one("og:title") == page.one("twitter:title") == title, path
        assert page.one("og:site_name") == "夜游博物馆"
        assert 0 < len(page.one("og:description")) <= 200
        assert page.one("og:description") == page.one("description") == page.one("twitter:description")
        assert "\n" not in page.one("og:description")
        assert page.one("og:locale") == "zh_CN" and page.meta["og:locale:alternate"] == ["zh_TW", "en_GB"]
        assert page.one("og:type") in ("website", "article")
        assert page.one("twitter:card") in ("summary", "summary_large_image")
        assert page.one("og:image") == page.one("twitter:image")
        assert page.one("og:image:alt")
        assert local(museum, page.one("og:url")) == path
        assert local(museum, page.link("canonical")) == path
        pictures.add(local(museum, page.one("og:image")))
    assert "/scenes/lobby/view.jpg" in pictures
    assert "/iiif/3/wall-map/full/1200,880/0/default.jpg" in pictures
    for path in ("/scenes/lobby/view.jpg", "/view.jpg", "/iiif/3/wall-map/full/1200,880/0/default.jpg"):
        answer = await museum.client.get(path)
        assert (answer.status, answer.content_type) == (200, "image/jpeg"), path


async def test_a_preview_speaks_the_language_that_is_asked_for(museum: Museum) -> None:
    assert (await read(museum, "/artifacts/vase", "zh-TW")).one("og:title") == "青花纏枝蓮紋瓶"
    page = await read(museum, "/artifacts/vase?lang=en")
    assert page.one("og:title") == "Blue-and-white vase with lotus scrolls"
    assert page.one("og:locale") == "en_GB"
    assert local(museum, page.link("canonical")) == "/artifacts/vase?lang=en"
    for tag in LANGUAGES:
        assert local(museum, page.link("alternate", hreflang=tag)) == f"/artifacts/vase?lang={tag}"
    assert local(museum, page.link("alternate", hreflang="x-default")) == "/artifacts/vase"


async def test_a_shared_view_shows_what_was_looked_at(museum: Museum) -> None:
    page = await read(museum, "/scenes/lobby?yaw=400.129&pitch=-95&fov=40&open=3&utm_source=x")
    view = "yaw=40.13&pitch=-90&fov=40"
    assert local(museum, page.one("og:image")) == f"/scenes/lobby/view.jpg?{view}"
    assert (page.one("og:image:width"), page.one("og:image:height")) == ("1200", "630")
    assert local(museum, page.one("og:url")) == f"/scenes/lobby?{view}"
    assert local(museum, page.link("canonical")) == "/scenes/lobby"
    assert (await museum.client.get(local(museum, page.one("og:image")))).status == 200
    assert local(museum, (await read(museum, "/scenes/lobby?yaw=nan&fov=x")).one("og:url")) == "/scenes/lobby"


async def test_a_shared_detail_shows_that_detail(museum: Museum) -> None:
    page = await read(museum, "/images/wall-map?region=100,50,600,9999")
    picture = local(museum, page.one("og:image"))
    assert picture == "/iiif/3/wall-map/100,50,600,1050/max/0/default.jpg"
    assert (page.one("og:image:width"), page.one("og:image:height")) == ("600", "1050")
    assert (await museum.client.get(picture)).status == 200
    assert local(museum, page.one("og:url")) == "/images/wall-map?region=100%2C50%2C600%2C1050"
    assert local(museum, page.link("canonical")) == "/images/wall-map"
    found = await oembed(museum, "/images/wall-map?region=100,50,600,500", maxwidth=300)
    assert local(museum, found["url"]) == "/iiif/3/wall-map/100,50,600,500/300,250/0/default.jpg"
    for nonsense in ("a,b,c,d", "1500,0,10,10", "0,0,0,5", "1,2,3", "-1,0,5,5", "9" * 30 + ",0,1,1"):
        other = await read(museum, f"/images/wall-map?region={nonsense}")
        assert local(museum, other.one("og:image")) == "/iiif/3/wall-map/full/1200,880/0/default.jpg", nonsense


async def test_what_nobody_should_find_is_not_listed(museum: Museum) -> None:
    for path, status in (("/search?q=x", 200), ("/no-such-page", 404)):
        answer = await museum.client.get(path, headers={"Accept": "text/html"})
        page = Reader(await answer.text())
        assert answer.status == status
        assert page.one("robots") == "noindex"
        assert "og:url" not in page.meta and not page.data


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document, whatever it lies in."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def parsed(document: dict[str, Any]) -> rdflib.Graph:
    """The document's triples. Its context lies on another server, so its place is taken by what counts of it here."""
    context = {"@vocab": str(SDO), "url": {"@type": "@id"}, "contentUrl": {"@type": "@id"}}
    return rdflib.Graph().parse(data=json.dumps({**document, "@context": context}), format="json-ld")


OUTSIDE_THE_LIST = {"3DModel", "query-input"}
"""Terms of schema.org that rdflib's list of them cannot name as attributes."""


async def test_structured_data_are_in_the_vocabulary(museum: Museum) -> None:
    for path in PAGES:
        (document,) = (await read(museum, path)).data
        assert document["@context"] == "https://schema.org"
        for node in nodes(document["@graph"]):
            terms = {key for key in node if not key.startswith("@")} | {node.get("@type", "Thing")}
            unknown = {term for term in terms - OUTSIDE_THE_LIST if term not in SDO}
            assert not unknown, (path, unknown)
            for value in nodes(node):
                assert value, f"an empty node on {path}"
        assert len(parsed(document)) > 5, path


async def graph_of(museum: Museum, path: str) -> tuple[rdflib.Graph, str]:
    (document,) = (await read(museum, path)).data
    return parsed(document), str(museum.client.make_url("/"))


async def test_structured_data_say_what_the_page_says(museum: Museum) -> None:
    graph, base = await graph_of(museum, "/artifacts/vase")
    vase = rdflib.URIRef(f"{base}artifacts/vase")
    assert (vase, RDF.type, SDO.VisualArtwork) in graph
    assert {str(name.language): str(name) for name in graph.objects(vase, SDO.name)} == {  # type: ignore[attr-defined]
        "zh-Hans": "青花缠枝莲纹瓶",
        "zh-Hant": "青花纏枝蓮紋瓶",
        "en": "Blue-and-white vase with lotus scrolls",
    }
    assert str(graph.value(vase, SDO.temporalCoverage)) == "1736/1795"
    assert graph.value(vase, SDO.image) is not None and graph.value(vase, SDO.associatedMedia) is not None
    graph, base = await graph_of(museum, "/scenes/station-1888")
    scene = rdflib.URIRef(f"{base}scenes/station-1888")
    assert (scene, RDF.type, SDO.CreativeWork) in graph and str(graph.value(scene, SDO.temporalCoverage)) == "1888"
    assert graph.value(scene, SDO.contentLocation) == rdflib.URIRef(f"{base}venues/station-site")
    graph, base = await graph_of(museum, "/exhibitions/show-0")
    show = rdflib.URIRef(f"{base}exhibitions/show-0")
    assert (show, RDF.type, SDO.ExhibitionEvent) in graph
    assert rdflib.URIRef(f"{base}artifacts/vase") in set(graph.objects(show, SDO.workFeatured))
    graph, base = await graph_of(museum, "/")
    halls = set(graph.objects(rdflib.URIRef(f"{base}#museum"), SDO.containsPlace))
    assert rdflib.URIRef(f"{base}venues/tianjin") in halls and len(halls) == 5


async def test_no_title_breaks_out_of_the_data(museum: Museum) -> None:
    page = await read(museum, "/artifacts/hostile")
    (document,) = page.data
    assert {"@language": "en", "@value": HOSTILE} in document["@graph"][0]["name"]
    assert page.one("og:title") == HOSTILE


async def oembed(museum: Museum, path: str, **asked: Any) -> Any:
    answer = await museum.client.get("/oembed", params={"url": str(museum.client.make_url(path)), **asked})
    assert answer.status == 200, await answer.text()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found = await answer.json()
    assert found["version"] == "1.0" and found["title"] and found["provider_url"] == str(museum.client.make_url("/"))
    return found


async def test_a_scene_embeds_as_a_frame(museum: Museum) -> None:
    page = await read(museum, "/scenes/lobby?yaw=12&fov=50")
    address = page.link("alternate", type="application/json+oembed")
    found = await (await museum.client.get(local(museum, address))).json()
    assert found["type"] == "rich" and (found["width"], found["height"]) == (960, 540)
    source = re.search(r'<iframe src="([^"]+)"', found["html"])
    assert source
    framed = await museum.client.get(local(museum, source[1].replace("&amp;", "&")))
    assert framed.status == 200
    text = await framed.text()
    assert 'start="yaw=12.0&amp;fov=50.0"' in text or 'start="yaw=12&amp;fov=50"' in text
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert framed.headers["X-Robots-Tag"] == "noindex"
    assert Reader(text).link("canonical") == str(museum.client.make_url("/scenes/lobby"))
    thumbnail = await museum.client.get(local(museum, found["thumbnail_url"]))
    assert thumbnail.content_type == "image/jpeg"
    small = await oembed(museum, "/scenes/lobby", maxwidth=400, maxheight=200)
    assert small["width"] <= 400 and small["height"] <= 200 and 'width="400" height="200"' in small["html"]
    assert small["thumbnail_width"] <= 400 and small["thumbnail_height"] <= 200
    assert "thumbnail_url" not in await oembed(museum, "/scenes/lobby", maxwidth=1)


async def test_images_embed_as_photographs_and_all_else_as_a_link(museum: Museum) -> None:
    found = await oembed(museum, "/images/wall-map?lang=en", maxwidth=500)
    assert (found["type"], found["title"]) == ("photo", "Map of the walled city")
    assert (found["width"], found["height"]) == (500, 367)
    assert (await museum.client.get(local(museum, found["url"]))).content_type == "image/jpeg"
    assert (await oembed(museum, "/artifacts/vase"))["type"] == "photo"
    for path in (
        "/artifacts/coin-40",
        "/venues/tianjin",
        "/places/station",
        "/exhibitions/show-0",
        "/activities/seafood",
    ):
        assert (await oembed(museum, path))["type"] == "link", path


async def test_oembed_refuses_in_the_one_shape(museum: Museum) -> None:
    own = str(museum.client.make_url("/scenes/lobby"))
    for asked, status in (
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": "http://[::1"}, 400),
        ({"url": "x" * 3000}, 400),
        ({"url": "https://example.org/scenes/lobby"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": own + "/more"}, 404),
        ({"url": own.replace("lobby", "draft-scene")}, 404),
        ({"url": own.replace("scenes", "admin")}, 404),
        ({"url": own, "format": "xml"}, 501),
        ({"url": own, "maxwidth": "0"}, 400),
        ({"url": own, "maxheight": "-3"}, 400),
    ):
        answer = await museum.client.get("/oembed", params=asked, headers={"Accept": "text/html"})
        assert answer.status == status, asked
        assert (await answer.json())["error"]["status"] == status, asked


async def test_nothing_else_may_be_framed(museum: Museum) -> None:
    paths = [*PAGES, "/search", "/admin/login", "/no-such-page", "/embed/scenes/draft-scene", "/embed/scenes/none"]
    for path in paths:
        answer = await museum.client.get(path, headers={"Accept": "text/html"})
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"], path


async def part(museum: Museum, path: str) -> ElementTree.Element:
    answer = await museum.client.get(path)
    assert (answer.status, answer.content_type) == (200, "application/xml"), path
    body = await answer.read()
    assert len(body) < 50_000_000
    return ElementTree.fromstring(body)


async def test_the_sitemap_leads_everywhere(museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap_query, "IDS", 16)
    robots = await (await museum.client.get("/robots.txt")).text()
    (address,) = re.findall(r"^Sitemap: (.*)$", robots, re.M)
    index = await part(museum, local(museum, address))
    assert index.tag == f"{MAP}sitemapindex"
    parts = [local(museum, str(one.findtext(f"{MAP}loc"))) for one in index]
    assert "/sitemaps/pages.xml" in parts and len([one for one in parts if "artifacts" in one]) >= 4
    seen: dict[str, ElementTree.Element] = {}
    for path in parts:
        for url in await part(museum, path):
            seen[local(museum, str(url.findtext(f"{MAP}loc")))] = url
    for kind in KINDS:
        listed = await (await museum.client.get(f"/api/v1/{kind}?limit=200")).json()
        assert {record["page"] for record in listed["items"]} == {path for path in seen if path.startswith(f"/{kind}/")}
    for path in ("/", "/collection", "/scenes/lobby", "/artifacts/vase"):
        languages = {link.get("hreflang"): link.get("href") for link in seen[path].findall(f"{XHTML}link")}
        assert set(languages) == {*LANGUAGES, "x-default"}
        page = await read(museum, path)
        for tag, address in languages.items():
            assert page.link("alternate", hreflang=str(tag)) == address
    pictures = [str(one.findtext(f"{IMAGE}loc")) for one in seen["/images/wall-map"].findall(f"{IMAGE}image")]
    assert [local(museum, one) for one in pictures] == ["/iiif/3/wall-map/full/1200,880/0/default.jpg"]
    assert len(seen["/artifacts/vase"].findall(f"{IMAGE}image")) == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(seen["/scenes/lobby"].findtext(f"{MAP}lastmod")))
    for path in ("/sitemaps/artifacts-99.xml", "/sitemaps/people-0.xml", "/sitemaps/artifacts-x.xml"):
        assert (await museum.client.get(path)).status == 404


async def test_a_withdrawn_record_leaves_the_sitemap(museum: Museum) -> None:
    async with museum.database.write() as session:
        await session.execute(update(Artifact).values(state="draft"))
    index = await (await museum.client.get("/sitemap.xml")).text()
    assert "artifacts" not in index and "scenes-0" in index


def test_descriptions_are_cut_where_they_may_be() -> None:
    assert shortened("一句。\n\n两句。") == "一句。 两句。"
    long = "天津卫始于明永乐二年。" * 30
    assert shortened(long).endswith("。") and 100 < len(shortened(long)) <= 200
    assert shortened("字" * 300) == "字" * 199 + "…"
    words = shortened("word " * 100)
    assert words.endswith("word…") and len(words) <= 200
