"""The museum in the words of schema.org, as JSON-LD: pure, from what the pages show.

Names and texts come in all their languages, as language-tagged values. Terms are those of https://schema.org/version/latest; a
test holds every one of them to the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from museum.collection.cards import Card, Picture, Texts
from museum.collection.exhibitions_query import ActivityPage, ExhibitionPage
from museum.collection.pages_query import ArtifactPage, ImagePage
from museum.guiding.query import TourPage
from museum.languages import LANGUAGES
from museum.scenes.cards import SceneCard
from museum.scenes.places_query import PlacePage
from museum.scenes.scenes_query import ScenePage
from museum.scenes.venues_query import VenuePage
from museum.web.pages.addresses import FOLDERS, fitted, fitted_address, page_address
from museum.web.sharing.views import HEIGHT, WIDTH, view_address

Node = dict[str, Any]
LARGE = 1200
_PIXELS = "E37"
"""Pixel, in the code list of UN/CEFACT Recommendation 20 that schema.org's `unitCode` takes."""


class Site(NamedTuple):
    """The museum as all its pages name it. `words` gives a text of the catalogs in all languages, by key."""

    base: str
    name: Texts
    description: Texts
    words: Any


def document(nodes: Sequence[Node]) -> Node:
    """One document of several things."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def names(texts: Mapping[str, str]) -> list[Node]:
    """A text in all its languages."""
    return [{"@language": tag, "@value": texts[tag]} for tag in LANGUAGES if texts.get(tag)]


def museum(site: Site) -> Node:
    """The museum itself, as other things refer to it."""
    return {"@type": "Museum", "@id": f"{site.base}/#museum", "name": names(site.name), "url": f"{site.base}/"}


def home(site: Site, venues: Iterable[Card]) -> list[Node]:
    """The museum with its halls, and its site with the search."""
    whole = {
        **museum(site),
        "description": names(site.description),
        "logo": f"{site.base}/static/mark.svg",
        "image": view(site, None),
        "containsPlace": [_thing(site, "Place", card) for card in venues],
    }
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{site.base}/search?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite",
        "@id": f"{site.base}/#site",
        "url": f"{site.base}/",
        "name": names(site.name),
        "inLanguage": list(LANGUAGES),
        "publisher": {"@id": f"{site.base}/#museum"},
        "potentialAction": search,
    }
    return [whole, website]


def venue(site: Site, page: VenuePage) -> list[Node]:
    """A hall inside the museum, or a site in the real world."""
    node = {
        **_described(site, "Place" if page.kind == "hall" else "TouristAttraction", "venues", page),
        **_image(view(site, page.entrance.slug) if page.entrance else None),
    }
    if page.kind == "hall":
        node["containedInPlace"] = museum(site)
    else:
        node["subjectOf"] = [_scene(site, scene) for scene in page.scenes]
    return [node, trail(site, [("/venues", site.words("pages.venues"))], page.title, f"/venues/{page.slug}")]


def scene(site: Site, page: ScenePage, shown: Iterable[Card]) -> list[Node]:
    """A scene: a work that one looks around in, of a place and of a time."""
    card = page.card
    venue = {
        "@type": "Place",
        "@id": f"{site.base}/venues/{card.venue}",
        "name": names(card.venue_title),
        "url": f"{site.base}/venues/{card.venue}",
    }
    node = {
        **_scene(site, card),
        "description": names(page.description),
        "image": view(site, card.slug),
        "thumbnailUrl": site.base + view_address(card.slug, {}),
        "contentLocation": venue,
        "accessMode": ["visual"],
        "interactivityType": "active",
        "provider": museum(site),
        "mentions": [_thing(site, _TYPES.get(one.kind, "CreativeWork"), one) for one in shown],
    }
    above = [(f"/venues/{card.venue}", card.venue_title)]
    return [_filled(node), trail(site, above, card.title, f"/scenes/{card.slug}")]


def place(site: Site, page: PlacePage) -> list[Node]:
    """A place, and the scenes that show it at different times."""
    node = {
        **_described(site, "Place", "places", page),
        **_image(view(site, page.moments[0].slug) if page.moments else None),
        "containedInPlace": _thing(site, "Place", page.venue),
        "subjectOf": [_scene(site, moment) for moment in page.moments],
    }
    return [
        _filled(node),
        trail(site, [(page_address(page.venue), page.venue.title)], page.title, f"/places/{page.slug}"),
    ]


def artifact(site: Site, page: ArtifactPage, category: Texts) -> list[Node]:
    """A collection record."""
    address = f"{site.base}/artifacts/{page.slug}"
    models = [
        {
            "@type": "3DModel",
            "name": names(model.title),
            "contentUrl": f"{site.base}/models/{model.model.digest}.glb",
            "encodingFormat": "model/gltf-binary",
        }
        for model in page.models
    ]
    node = {
        "@type": "VisualArtwork",
        "@id": address,
        "url": address,
        "name": names(page.texts["title"]),
        "description": names(page.texts["description"]),
        "identifier": {"@type": "PropertyValue", "propertyID": "accession number", "value": page.accession_number},
        "artform": names(category),
        "artMedium": names(page.texts["material"]),
        "size": names(page.texts["dimensions"]),
        "temporalCoverage": _years(page.year_from, page.year_to),
        "image": [photograph(site, picture, caption, None) for picture, caption in page.images],
        "associatedMedia": [_filled(model) for model in models],
        "provider": museum(site),
        "subjectOf": [_thing(site, "ExhibitionEvent", card) for card in page.exhibitions],
    }
    return [
        _filled(node),
        trail(site, [("/collection", site.words("pages.collection"))], page.texts["title"], f"/artifacts/{page.slug}"),
    ]


def image(site: Site, page: ImagePage) -> list[Node]:
    """A display image."""
    address = f"{site.base}/images/{page.slug}"
    node = {
        **photograph(site, page.picture, page.texts["caption"], page.rights),
        "@id": address,
        "url": address,
        "name": names(page.texts["title"]),
        "representativeOfPage": True,
        "about": _thing(site, "VisualArtwork", page.artifact) if page.artifact else None,
    }
    return [
        _filled(node),
        trail(site, [("/collection", site.words("pages.collection"))], page.texts["title"], f"/images/{page.slug}"),
    ]


def exhibition(site: Site, page: ExhibitionPage) -> list[Node]:
    """An online exhibition, with what it shows."""
    works = [item for section in page.sections for item in section.items]
    node = {
        **_described(site, "ExhibitionEvent", "exhibitions", page),
        "alternateName": names(page.subtitle),
        **_image(photograph(site, page.cover, {}, None) if page.cover else None),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "VirtualLocation", "url": f"{site.base}/exhibitions/{page.slug}"},
        "isAccessibleForFree": True,
        "organizer": museum(site),
        "workFeatured": [_thing(site, _TYPES.get(card.kind, "CreativeWork"), card) for card in works],
    }
    return [
        _filled(node),
        trail(site, [("/exhibitions", site.words("pages.exhibitions"))], page.title, f"/exhibitions/{page.slug}"),
    ]


def activity(site: Site, page: ActivityPage) -> list[Node]:
    """An activity for learners, with its steps."""
    steps = [
        _filled(
            {
                "@type": "LearningResource",
                "position": number,
                "name": names(step.title),
                "learningResourceType": step.kind,
            }
        )
        for number, step in enumerate(page.steps, 1)
    ]
    node = {
        **_described(site, "LearningResource", "activities", page),
        **_image(photograph(site, page.cover, {}, None) if page.cover else None),
        "learningResourceType": names(site.words("pages.activity")),
        "interactivityType": "active",
        "isAccessibleForFree": True,
        "provider": museum(site),
        "hasPart": steps,
    }
    return [
        _filled(node),
        trail(site, [("/activities", site.words("pages.activities"))], page.title, f"/activities/{page.slug}"),
    ]


def tour(site: Site, page: TourPage) -> list[Node]:
    """A guided tour, with its stops."""
    stops = [
        _filled({"@type": "ListItem", "position": number, "name": names(stop.title), "item": _scene(site, stop.scene)})
        for number, stop in enumerate(page.stops, 1)
    ]
    node = {
        **_described(site, "TouristTrip", "tours", page),
        "provider": museum(site),
        "itinerary": {"@type": "ItemList", "numberOfItems": len(stops), "itemListElement": stops},
    }
    return [_filled(node), trail(site, [("/tours", site.words("pages.tours"))], page.title, f"/tours/{page.slug}")]


def listing(site: Site, address: str, title: Texts, cards: Iterable[Card | SceneCard]) -> list[Node]:
    """A page that lists others."""
    items = [
        {"@type": "ListItem", "position": number, "url": site.base + page_address(card), "name": names(card.title)}
        for number, card in enumerate(cards, 1)
    ]
    node = {
        "@type": "CollectionPage",
        "@id": site.base + address,
        "url": site.base + address,
        "name": names(title),
        "isPartOf": {"@type": "WebSite", "@id": f"{site.base}/#site", "url": f"{site.base}/"},
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
    }
    return [node]


def view(site: Site, slug: str | None) -> Node:
    """The picture of a scene's first view; without a slug, of the museum."""
    return {
        "@type": "ImageObject",
        "contentUrl": site.base + view_address(slug, {}),
        "width": _pixels(WIDTH),
        "height": _pixels(HEIGHT),
    }


def photograph(site: Site, picture: Picture, caption: Texts, rights: str | None) -> Node:
    """A picture that zooms, at a size for looking at."""
    size = fitted(picture.width, picture.height, LARGE, LARGE)
    small = fitted(picture.width, picture.height, 320, 320)
    page = f"{site.base}/images/{picture.slug}"
    node = {
        "@type": "ImageObject",
        "contentUrl": site.base + fitted_address(picture, size),
        "thumbnailUrl": site.base + fitted_address(picture, small),
        "width": _pixels(size[0]),
        "height": _pixels(size[1]),
        "caption": names(caption or picture.alt),
        "license": rights if rights and rights.startswith(("https://", "http://")) else None,
        "acquireLicensePage": page,
        "creditText": names(site.name),
    }
    return _filled(node)


def trail(site: Site, above: Sequence[tuple[str, Texts]], title: Texts, address: str) -> Node:
    """The way from the entrance to a page."""
    steps = [("/", site.name), *above, (address, title)]
    items = [
        _filled({"@type": "ListItem", "position": number, "item": site.base + path, "name": names(texts)})
        for number, (path, texts) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


_TYPES = {
    "artifact": "VisualArtwork",
    "image": "ImageObject",
    "exhibition": "ExhibitionEvent",
    "hall": "Place",
    "site": "TouristAttraction",
}


def _thing(site: Site, kind: str, card: Card) -> Node:
    address = site.base + page_address(card)
    return _filled({"@type": kind, "@id": address, "url": address, "name": names(card.title)})


def _described(site: Site, kind: str, folder: str, page: Any) -> Node:
    """What a thing with a slug, a title and a description has in any case."""
    assert folder in FOLDERS.values()
    address = f"{site.base}/{folder}/{page.slug}"
    node = {"@type": kind, "@id": address, "url": address, "name": names(page.title)}
    return _filled({**node, "description": names(page.description)})


def _scene(site: Site, card: SceneCard) -> Node:
    address = f"{site.base}/scenes/{card.slug}"
    return _filled(
        {
            "@type": "CreativeWork",
            "@id": address,
            "url": address,
            "name": names(card.title),
            "temporalCoverage": _years(card.year, card.year),
        }
    )


def _image(node: Node | None) -> Node:
    return {"image": node} if node else {}


def _years(first: int | None, last: int | None) -> str | None:
    """Years as ISO 8601 writes them, astronomical with at least four digits; two make an interval."""
    if first is None or last is None:
        return None
    words = [f"{'-' if year < 0 else ''}{abs(year):04}" for year in (first, last)]
    return words[0] if first == last else "/".join(words)


def _pixels(count: int) -> Node:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": _PIXELS}


def _filled(node: Mapping[str, Any]) -> Node:
    """The node without what it does not have."""
    return {key: value for key, value in node.items() if value not in (None, [], "", {})}
