"""Records of artifacts as files that others read: CSV for spreadsheet programs, JSON, and LIDO."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
from sqlalchemy import Connection, select

from museum.assets.models import Asset, AssetOriginal, Original
from museum.collection.models import Artifact, Image
from museum.collection.moving.columns import TEXTS
from museum.curation import snapshot_rows
from museum.curation.snapshots import Snapshot
from museum.languages import LANGUAGES

FORMAT = "museum-records"
VERSION = 1
NUMBERS = ("accession_number", "slug", "state", "category", "grade", "edtf", "year_from", "year_to")
_IMAGE_TEXTS = ("title", "caption", "alt")
_LIDO = "http://www.lido-schema.org"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Photograph:
    """An image of an artifact: the name of the file that it was made of, and the record."""

    filename: str
    slug: str
    snapshot: Snapshot


@dataclass(frozen=True)
class Entry:
    """One artifact with its photographs."""

    slug: str
    snapshot: Snapshot
    photographs: list[Photograph]

    @property
    def rights(self) -> str:
        """What is said of the photographs, once each."""
        return "; ".join(dict.fromkeys(one.snapshot["rights"] for one in self.photographs if one.snapshot["rights"]))

    def text(self, name: str, language: str) -> str:
        """A text of the artifact; empty where there is none."""
        return self.snapshot["texts"].get(name, {}).get(language, [""])[0]


def gather_records(connection: Connection, *, published: bool = False) -> list[Entry]:
    """All artifacts by inventory number; `published` leaves out what visitors don't see."""
    query = select(Artifact.id)
    pictures = (
        select(Image.id, Image.artifact_id).where(Image.artifact_id.is_not(None)).order_by(Image.position, Image.id)
    )
    if published:
        query, pictures = query.where(Artifact.state == "published"), pictures.where(Image.state == "published")
    artifacts = snapshot_rows.read(connection, "artifact", list(connection.scalars(query)))
    owners = {row.id: row.artifact_id for row in connection.execute(pictures)}
    images = snapshot_rows.read(connection, "image", owners)
    names = {
        row.id: row.filename
        for row in connection.execute(
            select(Image.id, Original.filename)
            .join(Asset, Asset.id == Image.asset_id)
            .join(AssetOriginal, AssetOriginal.asset_id == Asset.id)
            .join(Original, Original.id == AssetOriginal.original_id)
            .where(Image.artifact_id.is_not(None))
        )
    }
    of: dict[int, list[Photograph]] = {}
    for number, owner in owners.items():
        kept = images[number]
        of.setdefault(owner, []).append(Photograph(names.get(number, ""), kept.slug, kept.snapshot))
    found = [Entry(kept.slug, kept.snapshot, of.get(number, [])) for number, kept in artifacts.items()]
    return sorted(found, key=lambda one: one.snapshot["accession_number"])


def write_records(entries: Sequence[Entry], folder: Path) -> list[str]:
    """`artifacts.csv`, `images.csv` (which `museum import images --sheet` reads), `artifacts.json`, `lido.xml`: their names."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [f"{name}_{language}" for name in TEXTS for language in LANGUAGES]
    _write_csv(folder / "artifacts.csv", [*NUMBERS, *texts, "images", "rights"], [_row(one) for one in entries])
    heading = ["file", "slug", "category", "rights", "width_mm", "height_mm", "artifact"]
    heading += [f"{name}_{language}" for name in _IMAGE_TEXTS for language in LANGUAGES]
    pictures = [_image_row(entry, one) for entry in entries for one in entry.photographs if one.filename]
    _write_csv(folder / "images.csv", heading, pictures)
    document = {"format": FORMAT, "version": VERSION, "artifacts": [_object(one) for one in entries]}
    (folder / "artifacts.json").write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=1))
    _lido(entries).write(folder / "lido.xml", encoding="utf-8", xml_declaration=True)
    return ["artifacts.csv", "images.csv", "artifacts.json", "lido.xml"]


def _write_csv(path: Path, heading: list[str], rows: list[list[Any]]) -> None:
    """The mark at its beginning tells spreadsheet programs that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows([["" if cell is None else _plain(cell) for cell in row] for row in rows])


def _plain(cell: Any) -> Any:
    """A cell that no spreadsheet program takes for a formula; a leading space is cut off again when it is read."""
    return f" {cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _row(entry: Entry) -> list[Any]:
    plain = {**entry.snapshot, "slug": entry.slug}
    texts = [entry.text(name, language) for name in TEXTS for language in LANGUAGES]
    files = "; ".join(one.filename for one in entry.photographs if one.filename)
    return [*(plain[name] for name in NUMBERS), *texts, files, entry.rights]


def _image_row(entry: Entry, one: Photograph) -> list[Any]:
    said = one.snapshot
    texts = [said["texts"].get(name, {}).get(language, [""])[0] for name in _IMAGE_TEXTS for language in LANGUAGES]
    own = [one.filename, one.slug, said["category"], said["rights"], said["width_mm"], said["height_mm"]]
    return [*own, entry.snapshot["accession_number"], *texts]


def _object(entry: Entry) -> dict[str, Any]:
    plain = {**entry.snapshot, "slug": entry.slug}
    texts = {
        name: {language: words for language, (words, _) in sorted(values.items())}
        for name, values in entry.snapshot["texts"].items()
    }
    files = [one.filename for one in entry.photographs if one.filename]
    return {**{name: plain[name] for name in NUMBERS}, "texts": texts, "images": files, "rights": entry.rights or None}


def _lido(entries: Sequence[Entry]) -> ElementTree.ElementTree[ElementTree.Element]:
    ElementTree.register_namespace("lido", _LIDO)
    root = ElementTree.Element(f"{{{_LIDO}}}lidoWrap")
    for entry in entries:
        _lido_record(root, entry)
    ElementTree.indent(root, " ")
    return ElementTree.ElementTree(root)


def _add(parent: ElementTree.Element, path: str, words: str | None = None, **attributes: str) -> ElementTree.Element:
    for step in path.split("/"):
        parent = ElementTree.SubElement(parent, f"{{{_LIDO}}}{step}")
    for name, value in attributes.items():
        parent.set(_XML_LANG if name == "lang" else f"{{{_LIDO}}}{name}", value)
    parent.text = words
    return parent


def _in_languages(parent: ElementTree.Element, path: str, entry: Entry, name: str) -> None:
    for language in LANGUAGES:
        if entry.text(name, language):
            _add(parent, path, entry.text(name, language), lang=language)


def _lido_record(root: ElementTree.Element, entry: Entry) -> None:
    """What the schema demands, and what the record says; one language of metadata each would repeat all of it, so texts carry theirs."""
    said = entry.snapshot
    record = _add(root, "lido")
    _add(record, "lidoRecID", entry.slug, type="local")
    about = _add(record, "descriptiveMetadata", lang="zh")
    classes = _add(about, "objectClassificationWrap")
    _add(classes, "objectWorkTypeWrap/objectWorkType/term", said["category"])
    identity = _add(about, "objectIdentificationWrap")
    titles = _add(identity, "titleWrap")
    _in_languages(titles, "titleSet/appellationValue", entry, "title")
    if not len(titles):
        _add(titles, "titleSet/appellationValue", said["accession_number"])
    _add(identity, "repositoryWrap/repositorySet/workID", said["accession_number"], type="inventory number")
    _in_languages(
        _add(identity, "objectDescriptionWrap"), "objectDescriptionSet/descriptiveNoteValue", entry, "description"
    )
    sizes = _add(identity, "objectMeasurementsWrap")
    _in_languages(sizes, "objectMeasurementsSet/displayObjectMeasurements", entry, "dimensions")
    event = _add(about, "eventWrap/eventSet/event")
    _add(event, "eventType/term", "Production")
    date = _add(event, "eventDate")
    _in_languages(date, "displayDate", entry, "period")
    if said["year_from"] is not None and said["year_to"] is not None:
        span = _add(date, "date")
        _add(span, "earliestDate", _iso(said["year_from"]))
        _add(span, "latestDate", _iso(said["year_to"]))
    _in_languages(event, "eventMaterialsTech/displayMaterialsTech", entry, "material")
    administration = _add(record, "administrativeMetadata", lang="zh")
    work = _add(administration, "recordWrap")
    _add(work, "recordID", entry.slug, type="local")
    _add(work, "recordType/term", "item")
    _add(work, "recordSource/legalBodyName/appellationValue", "museum")
    for number, one in enumerate(entry.photographs):
        shown = (
            _add(administration, "resourceWrap/resourceSet") if number == 0 else _add(administration[-1], "resourceSet")
        )
        _add(shown, "resourceRepresentation/linkResource", one.filename or one.slug)
        if one.snapshot["rights"]:
            _add(shown, "rightsResource/rightsType/term", one.snapshot["rights"])


def _iso(year: int) -> str:
    return f"-{-year:04}" if year < 0 else f"{year:04}"
