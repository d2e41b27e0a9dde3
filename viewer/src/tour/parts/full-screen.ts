/** The tour on the whole screen. */

import { nothing } from "lit";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import type { Rendered, TourHost, TourPart } from "../part";

export class FullScreen implements TourPart {
  readonly regions = { controls: () => this.render() };
  readonly commands = [{ key: "f", label: "fullScreen" as const, run: () => this.toggle() }];

  constructor(private readonly host: TourHost) {}

  hostConnected(): void {
    document.addEventListener("fullscreenchange", this.onChange);
  }

  hostDisconnected(): void {
    document.removeEventListener("fullscreenchange", this.onChange);
  }

  private readonly onChange = (): void => this.host.requestUpdate();

  private toggle(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void this.host.requestFullscreen();
  }

  private render(): Rendered {
    if (!document.fullscreenEnabled) return nothing;
    const here = document.fullscreenElement === this.host;
    return roundButton(this.host.language, {
      text: here ? "leaveFullScreen" : "fullScreen",
      icon: here ? icons.leaveFullScreen : icons.fullScreen,
      act: () => this.toggle(),
      name: "full-screen-button roomy",
    });
  }
}
