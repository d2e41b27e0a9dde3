"""Activities as a curator makes them: their steps and the order of these, and what each shows and asks.

All functions work inside the caller's transaction. An activity and its steps have one version: whoever changes a step changes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.collection.models import STEP_KINDS, Activity, ActivityStep
from museum.curation import drafting, guiding, ordering, overview, placing, roles, snapshot_rows
from museum.curation.drafting import Texts
from museum.curation.errors import NotFound, Refused
from museum.curation.guiding import AnswerForm
from museum.curation.models import Person
from museum.curation.overview import Choice
from museum.database.base import now
from museum.database.texts import set_texts, texts_by_field, tidy
from museum.scenes.models import Scene

MOST_STEPS = 60
STEP_FIELDS = ("title", "body")


@dataclass(frozen=True)
class Shown:
    """What a step shows: a picture, a scene (slug and title), or neither."""

    picture: Choice | None
    scene: tuple[str, Texts] | None


@dataclass(frozen=True)
class StepForm:
    """A step as its form has it. `image` is a slug or title, `scene` a slug, empty for none; `yaw` and `pitch` where a scene is looked
    at, None where nobody has said; `explanation` is told with the right answer."""

    image: str = ""
    scene: str = ""
    yaw: float | None = None
    pitch: float | None = None
    answers: Sequence[AnswerForm] = ()
    explanation: Mapping[str, str] | None = None


async def load_activity(
    session: AsyncSession, slug: str, person: Person | None = None, version: int | None = None
) -> Activity:
    """The activity with its texts and steps. With `person` it is locked for a change. Raises NotFound, NotAllowed, and Overtaken where
    `version` is given and no longer the present one."""
    activity = await snapshot_rows.load(session, "activity", slug, change=person is not None)
    if activity is None:
        raise NotFound("no-such-activity")
    roles.admit(activity, person, version)
    return activity


async def shown_in(session: AsyncSession, activity: Activity) -> dict[int, Shown]:
    """What each step shows, by the step's id."""
    images = await overview.shown_as(session, "image", [step.image_id for step in activity.steps if step.image_id])
    wanted = {step.scene_id for step in activity.steps if step.scene_id}
    found = await session.scalars(select(Scene).where(Scene.id.in_(wanted)).options(selectinload(Scene.texts)))
    scenes = {scene.id: (scene.slug, overview.title_of(scene)) for scene in found}
    return {step.id: Shown(images.get(step.image_id or 0), scenes.get(step.scene_id or 0)) for step in activity.steps}


def find_step(activity: Activity, number: int) -> ActivityStep:
    """The step with this id. Raises NotFound."""
    return ordering.find(activity.steps, number, "no-such-step")


async def add_step(session: AsyncSession, activity: Activity, *, kind: str, texts: Mapping[str, Texts]) -> ActivityStep:
    """A new last step. Raises Refused for an unknown kind, or too many."""
    if kind not in STEP_KINDS:
        raise Refused("answer-unknown")
    if len(activity.steps) >= MOST_STEPS:
        raise Refused("steps-many", most=MOST_STEPS)
    position = ordering.after(activity.steps)
    step = ActivityStep(position=position, kind=kind, data={}, texts=[])
    activity.steps.append(step)
    _write_texts(step, texts)
    touch(activity)
    await session.flush()
    return step


async def update_step(
    session: AsyncSession, activity: Activity, step: ActivityStep, form: StepForm, texts: Mapping[str, Texts]
) -> None:
    """Save a step: its words, its picture and scene, and of a question the answers. Raises NotFound, Refused."""
    step.image_id = await placing.find_record(session, "image", form.image) if form.image.strip() else None
    step.scene_id = None
    if form.scene.strip():
        step.scene_id = await session.scalar(select(Scene.id).where(Scene.slug == form.scene.strip()))
        if step.scene_id is None:
            raise NotFound("no-such-scene")
    data: dict[str, Any] = dict(step.data)
    if step.kind == "answer":
        drafting.check_texts({"explanation": form.explanation or {}})
        data["choices"] = guiding.choices(form.answers)
        data["answer"] = {tag: tidy(words) for tag, words in (form.explanation or {}).items() if words.strip()}
    for name, angle in (("yaw", form.yaw), ("pitch", form.pitch)):
        if angle is None or step.scene_id is None:
            data.pop(name, None)
        else:
            data[name] = drafting.turn(angle) if name == "yaw" else min(max(angle, -90.0), 90.0)
    step.data = data
    _write_texts(step, texts)
    touch(activity)


def answers_in(step: ActivityStep) -> tuple[list[tuple[Texts, bool]], Texts]:
    """The answers of a step with whether each is right, and what is told with them."""
    choices = [one for one in step.data.get("choices") or [] if isinstance(one, dict)]
    told = step.data.get("answer")
    return [(one.get("text") or {}, bool(one.get("right"))) for one in choices], told if isinstance(told, dict) else {}


def move_step(activity: Activity, step: ActivityStep, by: int) -> None:
    """Move a step back (-1) or forth (1)."""
    ordering.shift(activity.steps, step, by)
    touch(activity)


def remove_step(activity: Activity, step: ActivityStep) -> None:
    """Take a step out of the activity."""
    activity.steps.remove(step)
    touch(activity)


def touch(activity: Activity) -> None:
    """Note that something of it changed: pages made before this are overtaken."""
    activity.version += 1
    activity.updated_at = now()


def _write_texts(step: ActivityStep, texts: Mapping[str, Texts]) -> None:
    drafting.check_texts(texts)
    for field, values in texts.items():
        set_texts(step, field, values)
    if not any(words.strip() for values in texts_by_field(step.texts).values() for words in values.values()):
        raise Refused("step-wordless")
