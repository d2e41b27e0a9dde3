"""The table of the durable queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from museum.database.base import Base, Identified, between, now, one_of

JOB_STATES = ("queued", "running", "done", "failed", "cancelled")


class Job(Identified, Base):
    """One piece of background work. Whoever holds the lease (`owner`, `attempt`, `lease_until`) may write to it."""

    __tablename__ = "job"

    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    """At most one job has a given key: enqueueing it again changes nothing."""
    subject: Mapped[str | None] = mapped_column(String(120), index=True)
    """What it works for, as `asset:17` or `demo`: pages ask for its progress by this."""
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    priority: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    owner: Mapped[str | None] = mapped_column(String(64))
    attempt: Mapped[int] = mapped_column(default=0)
    """Counts claims; with `owner` it fences off a worker that has lost the job."""
    failures: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    run_after: Mapped[datetime] = mapped_column(default=now)
    step: Mapped[str] = mapped_column(String(64), default="")
    progress: Mapped[float] = mapped_column(default=0.0)
    checkpoints: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Results of the steps that are done, by the step's name: a later attempt begins after them."""
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    error: Mapped[dict[str, Any] | None]
    """`{"code": …, "detail": {…}}`: a curator reads the code in her language, an operator the detail."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        one_of("state", JOB_STATES),
        between("progress", 0, 1),
        Index("ix_job_claim", "state", "priority", "run_after"),
        Index("ix_job_state", "state", "id"),
        Index("ix_job_kind", "state", "kind", "id"),
    )
