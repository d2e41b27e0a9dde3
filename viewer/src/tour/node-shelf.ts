/**
 * The panoramas that are open, by the address of their tiles. Those of a place's moments stay when one leaves them, so that going to
 * and fro in time costs nothing as long as their tiles are held.
 */

import type { PanoramaNode, PanoramaSource } from "../panorama/panorama-node";
import type { Stage } from "../panorama/stage";

/** How many panoramas rest at most; each holds a strip of about 1.5 MB. */
const RESTING = 6;

export class NodeShelf {
  private readonly nodes = new Map<string, PanoramaNode>();
  private kept: ReadonlySet<string> = new Set();

  constructor(private readonly stage: Pick<Stage, "open" | "close">) {}

  /** The panorama, opened if it is not yet, awake and whole, turned by `offset` degrees. */
  take(source: PanoramaSource, offset: number): PanoramaNode {
    const known = this.nodes.get(source.tiles);
    const node = known ?? this.stage.open(source, offset);
    this.nodes.delete(source.tiles);
    this.nodes.set(source.tiles, node);
    if (known) {
      known.offset = offset;
      known.wake();
    }
    return node;
  }

  has(source: PanoramaSource): boolean {
    return this.nodes.has(source.tiles);
  }

  /** Takes a panorama out of the picture. */
  leave(node: PanoramaNode): void {
    if (this.kept.has(node.source.tiles)) node.rest();
    else this.close(node);
    const resting = [...this.nodes.values()].filter((other) => other.resting);
    for (const other of resting.slice(0, Math.max(resting.length - RESTING, 0))) this.close(other);
  }

  /** The panoramas to keep while they rest; others that rest are closed. */
  keep(sources: readonly PanoramaSource[]): void {
    this.kept = new Set(sources.map((source) => source.tiles));
    for (const node of [...this.nodes.values()]) if (node.resting && !this.kept.has(node.source.tiles)) this.close(node);
  }

  private close(node: PanoramaNode): void {
    this.nodes.delete(node.source.tiles);
    this.stage.close(node);
  }
}
