/** OpenSeadragon as this site uses it: one picture, its look and its region, in pixels and parts of the picture. */

import type OpenSeadragon from "openseadragon";
import type { Corner, Quad } from "../ui/quad";
import type { Look } from "./look";
import type { Region, Size } from "./region";
import { Twist, settled } from "./twist";

export interface DeepZoomEvents {
  opened(): void;
  failed(): void;
  /** What is seen has changed. */
  moved(): void;
  /** Everything that is seen is there. */
  sharp(): void;
}

export interface DeepZoomOptions {
  still: boolean;
  /** Where the small picture of the whole goes. */
  navigator: HTMLElement | undefined;
}

type Library = typeof OpenSeadragon;

export class DeepZoom {
  private readonly viewer: OpenSeadragon.Viewer;
  private readonly library: Library;
  private twist = new Twist("");

  constructor(library: Library, element: HTMLElement, service: object, options: DeepZoomOptions, events: DeepZoomEvents) {
    this.library = library;
    const { navigator } = options;
    this.viewer = library({
      element,
      tileSources: [service as unknown as string],
      drawer: "canvas",
      showNavigationControl: false,
      ...(navigator ? { showNavigator: true, navigatorElement: navigator, navigatorRotate: true } : { showNavigator: false }),
      visibilityRatio: 0.6,
      constrainDuringPan: true,
      minZoomImageRatio: 0.8,
      maxZoomPixelRatio: 3,
      animationTime: options.still ? 0 : 0.7,
      springStiffness: 8,
      // Under the first tiles lies a picture that is sharper than the coarsest of them.
      immediateRender: true,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: true },
      // Its own way of turning counts each finger's last move again with the other's, and so turns twice as far.
      gestureSettingsTouch: { pinchRotate: false, flickEnabled: true },
      crossOriginPolicy: "Anonymous",
    });
    const { viewer } = this;
    viewer.addHandler("open", () => {
      const item = viewer.world.getItemAt(0);
      item.addHandler("fully-loaded-change", (event) => {
        if (!(event as unknown as { fullyLoaded: boolean }).fullyLoaded) return;
        (item as unknown as { immediateRender: boolean }).immediateRender = false;
        events.sharp();
      });
      events.opened();
    });
    viewer.addHandler("open-failed", () => events.failed());
    viewer.addHandler("viewport-change", () => events.moved());
    viewer.addHandler("canvas-pinch", ({ gesturePoints, center, originalEvent }) =>
      this.twistBy(gesturePoints, center, (originalEvent as PointerEvent).pointerId),
    );
    viewer.addHandler("canvas-release", ({ pointerType }) => {
      if (pointerType === "touch") this.settle();
    });
    // Of OpenSeadragon's keys only the arrows: the element knows the others, and mirrors nothing, lest signatures read backwards.
    viewer.addHandler("canvas-key", (event) => {
      if (!(event.originalEvent as KeyboardEvent).key.startsWith("Arrow")) event.preventDefaultAction = true;
    });
  }

  get canvas(): HTMLElement {
    return this.viewer.canvas as HTMLElement;
  }

  get size(): Size | undefined {
    const dimensions = this.viewer.world.getItemAt(0)?.source.dimensions;
    return dimensions && { width: dimensions.x, height: dimensions.y };
  }

  /** CSS pixels on the screen for one pixel of the picture. */
  get scale(): number {
    const item = this.viewer.world.getItemAt(0);
    return item ? item.viewportToImageZoom(this.viewer.viewport.getZoom(true)) : 0;
  }

  /** What is seen, in pixels of the picture, as it will be once it has come to rest. */
  get region(): Region | undefined {
    const item = this.viewer.world.getItemAt(0);
    if (!item) return undefined;
    const bounds = item.viewportToImageRectangle(this.viewer.viewport.getBoundsNoRotate(false));
    return { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height };
  }

  /** Where the whole picture lies in the window, as it is zoomed and turned right now. */
  get corners(): Quad | undefined {
    const { size } = this;
    const item = this.viewer.world.getItemAt(0);
    if (!size || !item) return undefined;
    const { left, top } = this.canvas.getBoundingClientRect();
    const at = (x: number, y: number): Corner => {
      const point = this.viewer.viewport.viewportToViewerElementCoordinates(item.imageToViewportCoordinates(x, y, true));
      return [left + point.x, top + point.y];
    };
    return [at(0, 0), at(size.width, 0), at(size.width, size.height), at(0, size.height)];
  }

  /** Shows `region` as large as it fits. */
  show(region: Region, immediately: boolean): void {
    const item = this.viewer.world.getItemAt(0);
    if (!item) return;
    const bounds = item.imageToViewportRectangle(region.x, region.y, region.width, region.height);
    this.viewer.viewport.fitBounds(bounds, immediately);
  }

  get look(): Look {
    const { viewport } = this.viewer;
    const center = viewport.getCenter(true);
    const shape = this.shape;
    return { x: center.x, y: center.y / shape, zoom: viewport.getZoom(true) / this.fit, turn: viewport.getRotation(true) };
  }

  set look({ x, y, zoom, turn }: Look) {
    const { viewport } = this.viewer;
    viewport.setRotation(turn, true);
    viewport.zoomTo(zoom * this.fit, undefined, true);
    viewport.panTo(new this.library.Point(x, y * this.shape), true);
  }

  zoomBy(factor: number): void {
    this.viewer.viewport.zoomBy(factor);
    this.viewer.viewport.applyConstraints();
  }

  rotateBy(degrees: number): void {
    this.viewer.viewport.rotateBy(degrees);
  }

  home(): void {
    this.viewer.viewport.setRotation(0);
    this.viewer.viewport.goHome();
  }

  destroy(): void {
    this.viewer.destroy();
  }

  /** The zoom at which the whole picture fits as it hangs. (OpenSeadragon's own depends on how it is turned.) */
  private get fit(): number {
    const { x, y } = this.viewer.viewport.getContainerSize();
    return Math.min(1, y / x / this.shape);
  }

  /** `moved` is the finger that has moved just now. */
  private twistBy([one, other]: OpenSeadragon.GesturePoint[], center: OpenSeadragon.Point, moved: number): void {
    if (!one || !other) return;
    const fingers = `${one.id} ${other.id}`;
    if (this.twist.fingers !== fingers) {
      const [a, b] = [one, other].map(({ id, lastPos, currentPos }) => (id === moved ? lastPos : currentPos));
      this.twist = new Twist(fingers);
      this.twist.to(angle(a!, b!));
    }
    const by = this.twist.to(angle(one.currentPos, other.currentPos));
    const { viewport } = this.viewer;
    if (by) viewport.rotateTo(viewport.getRotation(true) + by, viewport.pointFromPixel(center, true), true);
  }

  private settle(): void {
    const { viewport } = this.viewer;
    const turn = viewport.getRotation();
    if (settled(turn) !== turn) viewport.rotateTo(settled(turn));
  }

  /** Height of the picture where its width is 1. */
  private get shape(): number {
    const { size } = this;
    return size ? size.height / size.width : 1;
  }
}

/** Degrees from one finger to the other. */
function angle(a: OpenSeadragon.Point, b: OpenSeadragon.Point): number {
  return (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
}
