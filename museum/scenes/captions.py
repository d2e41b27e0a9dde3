"""Captions of sounds and films: WebVTT, one text for each language, kept with a hotspot's other texts."""

from __future__ import annotations

import io
import re

import webvtt
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from webvtt.errors import MalformedFileError

from museum.curation.visibility import scene_is_visible
from museum.scenes.models import Hotspot, HotspotText, Scene

_SRT = re.compile(r"\A\d+\s*\n\d{1,2}:\d\d:\d\d,\d{3} --> ")


def read_captions(text: str) -> str:
    """WebVTT of what a curator gave, WebVTT or SRT, each caption with its times. Raises ValueError where that can't be read, has no
    caption, or one that ends before it begins."""
    plain = text.strip().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n") + "\n"
    form = "srt" if _SRT.match(plain) else "vtt"
    try:
        read = webvtt.from_buffer(io.StringIO(plain), format=form)
    except MalformedFileError as error:
        raise ValueError("neither WebVTT nor SRT") from error
    captions = [caption for caption in read.captions if caption.text.strip()]
    if not captions:
        raise ValueError("no captions")
    if any(caption.end_in_seconds < caption.start_in_seconds for caption in captions):
        raise ValueError("a caption ends before it begins")
    return str(read.content).strip() + "\n"


async def captions_of(session: AsyncSession, hotspot_id: int, language: str, *, everything: bool) -> str | None:
    """The captions of a hotspot in a language; None where there are none, or in a scene that visitors may not enter unless they see
    `everything`."""
    query = (
        select(HotspotText.value)
        .join(Hotspot, Hotspot.id == HotspotText.record_id)
        .join(Scene, Scene.id == Hotspot.scene_id)
        .where(Hotspot.id == hotspot_id, HotspotText.field == "captions", HotspotText.language == language)
    )
    return await session.scalar(query if everything else query.where(scene_is_visible(), Hotspot.unplaced.is_(False)))
