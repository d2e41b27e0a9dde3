"""/healthz, /readyz and /metrics: for those who run the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from museum.jobs.queue import counts_by_state
from museum.web.keys import DATABASE

REGISTRY = CollectorRegistry()
REQUESTS = Counter("museum_requests_total", "Requests answered", ("route", "method", "status"), registry=REGISTRY)
SECONDS = Histogram(
    "museum_request_seconds",
    "Time from request to answer",
    ("route",),
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
IN_FLIGHT = Gauge("museum_requests_in_flight", "Requests being answered", registry=REGISTRY)
JOBS = Gauge("museum_jobs", "Jobs in the queue", ("state",), registry=REGISTRY)

READY_SECONDS = 2


@web.middleware
async def measure(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Count and time every request under the pattern of its route, never under its address."""
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    began = time.perf_counter()
    status = 500
    IN_FLIGHT.inc()
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as answer:
        status = answer.status
        raise
    finally:
        IN_FLIGHT.dec()
        REQUESTS.labels(route, request.method, status).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)


async def healthz(_request: web.Request) -> web.Response:
    """The process is alive."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """The server can answer: its database does."""
    try:
        async with asyncio.timeout(READY_SECONDS), request.app[DATABASE].read() as session:
            await counts_by_state(session)
    except (TimeoutError, SQLAlchemyError, OSError):
        return web.json_response({"status": "unavailable", "database": "does not answer"}, status=503)
    return web.json_response({"status": "ok"})


async def metrics(request: web.Request) -> web.Response:
    """Prometheus' text format."""
    async with request.app[DATABASE].read() as session:
        for state, count in (await counts_by_state(session)).items():
            JOBS.labels(state).set(count)
    return web.Response(body=generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


def register(app: web.Application) -> None:
    """The outermost middleware, and the three addresses."""
    app.middlewares.append(measure)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
