"""What the head of each kind of page says: one function for each, from what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from aiohttp import web

from museum.collection.cards import Card, Picture, Texts
from museum.collection.exhibitions_query import ActivityPage, ExhibitionPage
from museum.collection.pages_query import ArtifactPage, ImagePage
from museum.guiding.query import TourPage
from museum.languages import LANGUAGES
from museum.scenes.cards import SceneCard
from museum.scenes.places_query import PlacePage
from museum.scenes.scenes_query import ScenePage
from museum.scenes.venues_query import VenuePage
from museum.web.language import translate
from museum.web.pages.addresses import Box, fitted, fitted_address, poster_address, region_of
from museum.web.rendering import base_url
from museum.web.sharing import structured
from museum.web.sharing.head import MUSEUM_PICTURE, Head, Shared, SharedPicture
from museum.web.sharing.structured import LARGE, Site
from museum.web.sharing.views import HEIGHT, WIDTH, lenient_view, view_address


def _in_all(key: str) -> Texts:
    return {tag: translate(tag, key) for tag in LANGUAGES}


def site_of(request: web.Request) -> Site:
    """The museum that answers `request`."""
    return Site(base_url(request), _in_all("pages.museum"), _in_all("pages.museum-note"), _in_all)


def of_home(request: web.Request, lobby: SceneCard | None, venues: Iterable[Card]) -> Head:
    picture = _scene_picture(lobby, {}) if lobby else MUSEUM_PICTURE
    return Head(
        request,
        Shared(
            _in_all("pages.museum"),
            _in_all("pages.museum-note"),
            picture,
            data=structured.home(site_of(request), [card for card in venues if card.kind == "hall"]),
        ),
    )


def of_venue(request: web.Request, page: VenuePage, query: dict[str, str]) -> Head:
    picture = _scene_picture(page.entrance, {}) if page.entrance else MUSEUM_PICTURE
    data = structured.venue(site_of(request), page)
    return Head(request, Shared(page.title, page.description, picture, query=query, data=data))


def of_scene(request: web.Request, page: ScenePage, shown: Iterable[Card]) -> Head:
    view = lenient_view(request.query)
    return Head(
        request,
        Shared(
            page.card.title or page.card.venue_title,
            page.description or page.card.venue_title,
            _scene_picture(page.card, view),
            "article",
            look={name: f"{value:g}" for name, value in view.items()},
            data=structured.scene(site_of(request), page, shown),
            embeds=True,
        ),
    )


def of_place(request: web.Request, page: PlacePage) -> Head:
    picture = _scene_picture(page.moments[0], {}) if page.moments else MUSEUM_PICTURE
    description = page.description or _in_all("pages.place-note")
    return Head(
        request, Shared(page.title, description, picture, "article", data=structured.place(site_of(request), page))
    )


def of_artifact(request: web.Request, page: ArtifactPage, category: str) -> Head:
    """`category` is the key of its name."""
    texts = page.texts
    picture = MUSEUM_PICTURE
    if page.images:
        picture = _picture(page.images[0][0])
    elif page.models and page.models[0].poster:
        model = page.models[0]
        picture = SharedPicture(poster_address(page.models[0].poster), None, model.alt or model.title)
    return Head(
        request,
        Shared(
            texts["title"] or dict.fromkeys(LANGUAGES, page.accession_number),
            texts["description"] or texts["period"],
            picture,
            "article",
            data=structured.artifact(site_of(request), page, _in_all(category)),
            embeds=bool(page.images),
        ),
    )


def of_image(request: web.Request, page: ImagePage) -> Head:
    """An image, or the detail of it that the address states."""
    region = region_of(page.picture, request.query.get("region", ""))
    return Head(
        request,
        Shared(
            page.texts["title"] or dict.fromkeys(LANGUAGES, page.slug),
            page.texts["caption"] or page.texts["title"],
            _picture(page.picture, region),
            "article",
            look={"region": ",".join(map(str, region))} if region else {},
            data=structured.image(site_of(request), page),
            embeds=True,
        ),
    )


def of_exhibition(request: web.Request, page: ExhibitionPage) -> Head:
    return Head(
        request,
        Shared(
            page.title,
            page.description or page.subtitle,
            _picture(page.cover) if page.cover else MUSEUM_PICTURE,
            "article",
            data=structured.exhibition(site_of(request), page),
        ),
    )


def of_activity(request: web.Request, page: ActivityPage) -> Head:
    return Head(
        request,
        Shared(
            page.title,
            page.description,
            _picture(page.cover) if page.cover else MUSEUM_PICTURE,
            "article",
            data=structured.activity(site_of(request), page),
        ),
    )


def of_tour(request: web.Request, page: TourPage) -> Head:
    first = page.stops[0]
    look = {"yaw": first.yaw, "pitch": first.pitch, "fov": first.fov}
    picture = SharedPicture(view_address(first.scene.slug, look), (WIDTH, HEIGHT), first.scene.title)
    return Head(
        request, Shared(page.title, page.description, picture, "article", data=structured.tour(site_of(request), page))
    )


def of_list(
    request: web.Request,
    title: str,
    note: str,
    cards: Iterable[Card | SceneCard],
    query: Mapping[str, str] | None = None,
) -> Head:
    """A page that lists others; `title` and `note` are keys of texts."""
    cards = list(cards)
    picture = next((_picture(card.picture) for card in cards if card.picture and card.picture.slug), MUSEUM_PICTURE)
    address = request.path + (f"?{urlencode(query)}" if query else "")
    data = structured.listing(site_of(request), address, _in_all(title), cards)
    return Head(request, Shared(_in_all(title), _in_all(note), picture, query=query or {}, data=data))


def _scene_picture(card: SceneCard, view: Mapping[str, float]) -> SharedPicture:
    return SharedPicture(view_address(card.slug, view), (WIDTH, HEIGHT), card.title)


def _picture(picture: Picture, region: Box | None = None) -> SharedPicture:
    size = fitted(*(region[2:] if region else (picture.width, picture.height)), LARGE, LARGE)
    return SharedPicture(fitted_address(picture, size, region), size, picture.alt)
