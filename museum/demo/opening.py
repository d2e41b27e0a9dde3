"""Opening online exhibitions while the museum is built: one after the other as there is something to see in them."""

from __future__ import annotations

from sqlalchemy import Select, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset
from museum.collection.building import SUBJECT
from museum.collection.models import Exhibition, ExhibitionItem, ExhibitionSection, Image
from museum.curation.visibility import READY
from museum.database import now
from museum.jobs.models import Job

DRAWING = "demo.draw"


async def open_exhibitions(session: AsyncSession) -> None:
    """Publishes those of which something can be seen; all of them once every room is drawn."""
    drafts = update(Exhibition).where(Exhibition.state == "draft")
    waiting = select(func.count()).where(Job.subject == SUBJECT, Job.kind == DRAWING, Job.state != "done")
    # The job that asks is the last one where no other is left.
    if (await session.scalar(waiting) or 0) > 1:
        drafts = drafts.where(Exhibition.id.in_(_with_something_to_see()))
    await session.execute(
        drafts.values(state="published", published_at=now()).execution_options(synchronize_session=False)
    )


def _with_something_to_see() -> Select[int]:
    ready = exists(
        select(1)
        .select_from(Image)
        .join(Asset, Asset.id == Image.asset_id)
        .where(
            or_(Image.id == ExhibitionItem.image_id, Image.artifact_id == ExhibitionItem.artifact_id),
            Asset.state == READY,
        )
    )
    return select(ExhibitionSection.exhibition_id).join(ExhibitionItem).where(ready)
