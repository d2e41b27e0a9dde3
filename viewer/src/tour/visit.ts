/** One visit: the renderer with its camera, who leads through the tour, and where the visitor has been. Made once the renderer is here. */

import { forgetForeseen } from "../panorama/foresight";
import type { Stage } from "../panorama/stage";
import type { View } from "../panorama/view";
import { ViewController } from "../panorama/view-controller";
import type { Gate } from "./gate";
import { Guide } from "./guide";
import { NodeShelf } from "./node-shelf";
import type { TourHost } from "./part";
import { TimeTravel } from "./time-travel";
import type { TourClient } from "./tour-client";
import { OwnTrail, PageTrail, type Trail, type TrailEntry } from "./trail";
import type { Tour, TourLink } from "./types";

export type StageModule = typeof import("../panorama/stage");

export interface VisitEvents {
  entered(tour: Tour, link: Pick<TourLink, "kind"> | undefined): void;
  /** A way through time has led to another scene. */
  settled(tour: Tour): void;
  /** The visitor goes back, or forward, along the trail. */
  returned(): void;
  /** Another view, or another size, is on the screen. */
  turned(view: View): void;
}

export class Visit {
  readonly stage: Stage;
  readonly controller: ViewController;
  readonly guide: Guide;
  readonly trail: Trail;
  readonly time: TimeTravel;
  /** Takes the pointers and keys that turn the view. */
  readonly surface: HTMLElement;
  private readonly abort = new AbortController();
  private readonly watchSize = new ResizeObserver(() => this.resize());
  private lastView = "";

  /** `sharp` is kept open while the view is drawn at full sharpness. Throws where the browser gives no WebGL. */
  constructor(
    module: StageModule,
    client: TourClient,
    private readonly host: TourHost,
    private readonly sharp: Gate,
    private readonly events: VisitEvents,
  ) {
    const { renderRoot } = host;
    const stage = new module.Stage(renderRoot.querySelector("canvas")!, {
      frame: (seconds) => this.frame(seconds),
      drawn: () => this.drawn(),
      lost: () => host.tell((part) => part.lost?.(true)),
      restored: () => host.tell((part) => part.lost?.(false)),
    });
    this.stage = stage;
    this.surface = renderRoot.querySelector<HTMLElement>(".stage")!;
    this.controller = new ViewController({
      element: this.surface,
      view: stage.view,
      changed: () => stage.invalidate(),
      taken: () => host.tell((part) => part.taken?.()),
      reducedMotion: () => host.calm,
    });
    const returned = (entry: TrailEntry): void => {
      events.returned();
      void this.guide.returned(entry);
    };
    this.trail = host.address ? new PageTrail(returned) : new OwnTrail(returned);
    const shelf = new NodeShelf(stage);
    this.guide = new Guide(stage, shelf, this.controller, client, this.trail, {
      entered: (tour, link) => {
        this.sharp.close();
        this.time.entered(tour);
        events.entered(tour, link);
      },
      leaving: () => this.time.leaving(),
      returned: (entry) => this.time.resume(entry.compare),
      settled: (tour) => {
        host.requestUpdate();
        events.settled(tour);
      },
      waiting: (waiting) => host.tell((part) => part.waiting?.(waiting)),
      failed: (error, retry, address) => host.tell((part) => part.failed?.(error, retry, address)),
      size: () => ({ width: host.clientWidth, height: host.clientHeight }),
      reducedMotion: () => host.calm,
    });
    this.time = new TimeTravel(stage, this.guide, shelf, client, {
      changed: () => {
        this.sharp.close();
        host.tell((part) => part.timeChanged?.(this.time));
      },
      compared: () => {
        this.sharp.close();
        stage.invalidate();
        host.requestUpdate();
        host.keepView();
      },
      failed: (error, retry) => host.tell((part) => part.failed?.(error, retry)),
      calm: () => host.calm,
    });
    this.watchSize.observe(host);
  }

  /** Ends with the visit. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** The view in the current scene. */
  get view(): View {
    return this.guide.view;
  }

  /** Whether the view turns or one scene fades into another. */
  get moving(): boolean {
    return this.controller.moving || this.guide.passing || this.time.moving;
  }

  /** Moves the camera to a view in the current scene. */
  look(view: Partial<View>, seconds = 0): Promise<void> {
    this.sharp.close();
    const arrived = this.guide.look(view, seconds);
    this.stage.invalidate();
    return arrived;
  }

  /** The next frame counts as one of another view. */
  renew(): void {
    this.lastView = "";
    this.stage.invalidate();
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth > 0 && clientHeight > 0) this.stage.resize(clientWidth, clientHeight);
  }

  dispose(): void {
    this.abort.abort();
    this.watchSize.disconnect();
    this.guide.dispose();
    this.controller.dispose();
    this.trail.dispose();
    this.stage.dispose();
  }

  private frame(seconds: number): boolean {
    let more = this.controller.tick(seconds);
    more = this.guide.tick(seconds) || more;
    for (const part of this.host.parts) more = part.frame?.(seconds, this) || more;
    return this.time.tick(seconds) || more;
  }

  private drawn(): void {
    if (!this.guide.node) return;
    if (this.stage.settled && !this.guide.passing) {
      this.sharp.open();
      forgetForeseen();
      if (this.stage.atLeisure) this.guide.foresee();
    } else {
      this.sharp.close();
    }
    // Nobody sees the page meanwhile, or its words are not yet those of the picture.
    if (this.stage.presenting || this.guide.ahead) return;
    for (const part of this.host.parts) part.drawn?.(this);
    const { view } = this;
    const { clientWidth, clientHeight } = this.host;
    const now = `${view.yaw.toFixed(3)} ${view.pitch.toFixed(3)} ${view.fov.toFixed(3)} ${clientWidth} ${clientHeight}`;
    if (now === this.lastView) return;
    this.lastView = now;
    for (const part of this.host.parts) part.turned?.(view, this);
    this.events.turned(view);
  }
}
