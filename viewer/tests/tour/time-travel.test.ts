import { expect, it } from "vitest";
import type { PanoramaNode, PanoramaSource } from "../../src/panorama/panorama-node";
import type { Stage } from "../../src/panorama/stage";
import type { Guide } from "../../src/tour/guide";
import type { NodeShelf } from "../../src/tour/node-shelf";
import { TimeTravel } from "../../src/tour/time-travel";
import type { TourClient } from "../../src/tour/tour-client";
import type { Tour } from "../../src/tour/types";

const YEARS = [1900, 2000];
const THREE = [1900, 1937, 2000];

const panoramaOf = (year: number) => ({ tiles: `/${year}`, levels: [512], strip: "", stripSize: 1, hash: "" });
const sceneOf = (year: number) => ({ slug: `in-${year}`, north: 0, panorama: panoramaOf(year) });
const nodeOf = (source: PanoramaSource) => {
  const node = { source, offset: 0, resting: false, clip: () => undefined, wake: () => (node.resting = false) };
  return node as unknown as PanoramaNode;
};

function standIn(year: number, read: () => Promise<Tour>, years = YEARS): { time: TimeTravel; failures: (() => void)[]; here: PanoramaNode } {
  const moments = years.map((known) => ({ scene: `in-${known}`, tour: `/in-${known}/tour.json`, year: known }));
  const neighbours = Object.fromEntries(years.map((known) => [`in-${known}`, sceneOf(known)]));
  const tour = { scene: { ...sceneOf(year), place: { moments, periods: [] } }, neighbours } as unknown as Tour;
  const stage = { height: 600, ratio: 1, invalidate: () => undefined, prefetch: () => Promise.resolve() };
  const guide = { tour, node: nodeOf(panoramaOf(year) as unknown as PanoramaSource), finishPassing: () => undefined, settle: () => undefined };
  const shelf = { keep: () => undefined, has: () => true, leave: (node: PanoramaNode) => (node.resting = true), take: nodeOf };
  const failures: (() => void)[] = [];
  const time = new TimeTravel(stage as unknown as Stage, guide as unknown as Guide, shelf as unknown as NodeShelf, { read } as unknown as TourClient, {
    changed: () => undefined,
    compared: () => undefined,
    failed: (_, retry) => failures.push(retry),
    calm: () => false,
  });
  time.entered(tour);
  return { time, failures, here: guide.node };
}

let frame = 0;
const nextTurn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

/** Draws until nothing moves. */
async function play(time: TimeTravel): Promise<void> {
  for (let i = 0; i < 100; i++, frame++) {
    time.tick(1 / 60);
    await nextTurn();
  }
}

/** A server that says no: to those who ask before frame 15, then, when the picture is near to the moment asked for; later at once. */
async function refuse(): Promise<never> {
  while (frame < 15) await nextTurn();
  throw new Error("500");
}

it("says once that a moment cannot be had, and again only to whoever goes there again", async () => {
  const { time, failures } = standIn(2000, refuse);
  time.glide(0);
  await play(time);
  expect([failures.length, time.position, time.moving]).toEqual([1, 1, false]);
  failures[0]!();
  await play(time);
  expect([failures.length, time.position, time.moving]).toEqual([2, 1, false]);
});

it("shows where one was when one long frame led past it to a moment that cannot be had", async () => {
  const { time, failures, here } = standIn(2000, () => Promise.reject(new Error("500")), THREE);
  time.tick(1 / 60);
  time.glide(time.positions[1]!);
  for (let i = 0; i < 3; i++) {
    time.tick(60);
    await nextTurn();
  }
  expect([failures.length, time.position, time.moving, here.resting]).toEqual([1, 1, false, false]);
});

it("states two moments only where one stays between them, not on the way", async () => {
  const { time } = standIn(2000, () => new Promise(() => undefined));
  time.glide(0);
  for (let i = 0; i < 2; i++) time.tick(1 / 60);
  expect([time.comparing, time.compared]).toEqual([true, undefined]);
  time.hold(0.6);
  time.release();
  await play(time);
  expect([time.moving, time.compared]).toEqual([false, "blend:in-1900:0.4"]);
});
