"""An emulated headset: who wears it, what the eyes see, where hands and controllers point."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.browser.tour_site import direction_of, strength_of
from tests.browser.viewing import TOUR, until

EMULATOR = Path(__file__).parents[2] / "viewer" / "node_modules" / "iwer" / "build" / "iwer.min.js"
SETUP = """
window.headset = new IWER.XRDevice(IWER.metaQuest3, {{ stereoEnabled: true, visibilityMask: null, fovy: {fov} }});
window.headset.installRuntime({{ forceInstall: true }});
"""
SESSION = f"{TOUR}.parts.map(part => part.session).find(Boolean)"
FOV = 90.0
"""Vertical field of view of an eye, in degrees."""


def script() -> str:
    """What a page must run first, so that it finds a headset."""
    return EMULATOR.read_text(encoding="utf-8") + SETUP.format(fov=math.radians(FOV))


def turned(yaw: float, pitch: float) -> dict[str, float]:
    """The quaternion that looks along a yaw (clockwise) and a pitch, in degrees, from -Z."""
    half_yaw, half_pitch = math.radians(-yaw) / 2, math.radians(pitch) / 2
    cos_y, sin_y, cos_p, sin_p = math.cos(half_yaw), math.sin(half_yaw), math.cos(half_pitch), math.sin(half_pitch)
    return {"x": cos_y * sin_p, "y": sin_y * cos_p, "z": -sin_y * sin_p, "w": cos_y * cos_p}


class Wearer:
    """A visitor with a headset on, in a page whose context was given `script()`."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def enter(self, name: str = "用头显观看") -> None:
        self.page.get_by_role("button", name=name).click()
        until(self.page, f"{SESSION} !== undefined")
        self.frames()

    def frames(self, count: int = 3) -> None:
        """Wait until so many more frames were drawn, or the session is over."""
        before = self.page.evaluate(f"{TOUR}.visit.stage.frames")
        until(self.page, f"{SESSION} === undefined || {TOUR}.visit.stage.frames >= {before + count}")

    @property
    def inside(self) -> bool:
        return self.page.evaluate(f"{SESSION} !== undefined")

    def settle(self) -> None:
        """Wait until nothing fades and the picture is sharp."""
        until(self.page, f"!{TOUR}.moving && {TOUR}.visit.stage.settled")
        self.frames()

    def look(self, yaw: float, pitch: float = 0.0) -> None:
        """Turn the head; angles as in the room."""
        self.page.evaluate("q => window.headset.quaternion.set(q.x, q.y, q.z, q.w)", turned(yaw, pitch))
        self.frames()

    def hand(self, side: str, way: str = "controllers") -> str:
        return f"window.headset.{way}.{side}"

    def only(self, way: str) -> None:
        """Have `controllers`, `hands`, or with `head` none of them."""
        self.page.evaluate(
            """way => {
              headset.primaryInputMode = way === "hands" ? "hand" : "controller";
              for (const side of ["left", "right"]) {
                headset.controllers[side].connected = way === "controllers";
                headset.hands[side].connected = way === "hands";
              }
            }""",
            way,
        )
        self.frames()

    def place(self, side: str, position: list[float], yaw: float, pitch: float, way: str = "controllers") -> None:
        """Hold a hand somewhere in the room, pointing along a yaw and a pitch."""
        self.page.evaluate(
            f"([p, q]) => {{ const hand = {self.hand(side, way)}; hand.position.set(...p); hand.quaternion.set(q.x, q.y, q.z, q.w); }}",
            [position, turned(yaw, pitch)],
        )
        self.frames()

    def point_at(self, target: list[float], side: str = "right", way: str = "controllers") -> None:
        """Point from where the hand is at a point of the tour's world, in metres."""
        room = self.page.evaluate(
            f"""([x, y, z]) => {{
              const point = {TOUR}.visit.stage.camera.position.clone().set(x, y, z);
              return {SESSION}.rig.room.worldToLocal(point).toArray();
            }}""",
            target,
        )
        hand = self.page.evaluate(f"{self.hand(side, way)}.position.vec3")
        x, y, z = (room[i] - list(hand.values())[i] if isinstance(hand, dict) else room[i] - hand[i] for i in range(3))
        yaw, pitch = math.degrees(math.atan2(x, -z)), math.degrees(math.atan2(y, math.hypot(x, z)))
        self.page.evaluate(f"q => {self.hand(side, way)}.quaternion.set(q.x, q.y, q.z, q.w)", turned(yaw, pitch))
        self.frames()

    def press(self, side: str = "right", way: str = "controllers", button: str = "trigger") -> None:
        self.hold(side, way, button)
        self.let_go(side, way, button)

    def hold(self, side: str = "right", way: str = "controllers", button: str = "trigger") -> None:
        self._value(side, way, button, 1)

    def let_go(self, side: str = "right", way: str = "controllers", button: str = "trigger") -> None:
        self._value(side, way, button, 0)

    def stick(self, x: float, y: float, side: str = "right") -> None:
        self.page.evaluate(f"([x, y]) => {self.hand(side)}.updateAxes('thumbstick', x, y)", [x, y])
        self.frames()

    def _value(self, side: str, way: str, button: str, value: int) -> None:
        act = f"updatePinchValue({value})" if way == "hands" else f"updateButtonValue('{button}', {value})"
        self.page.evaluate(f"{self.hand(side, way)}.{act}")
        self.frames()

    def mark(self, kind: str, number: int) -> list[float]:
        """Where a mark is in the tour's world: `link` or `hotspot`, and its number."""
        return self.page.evaluate(
            f"""([kind, number]) => {{
              const {{ marks, rig }} = {SESSION};
              const placed = marks.marks.find(({{ mark }}) => mark[kind]?.id === number);
              return placed.direction.map((part, i) => part * 4.5 + rig.head[i]);
            }}""",
            [kind, number],
        )

    def on_board(self, board: str, words: str, across: float = 0.5) -> list[float]:
        """Where on a board the button with these words is, in the tour's world; `across` is a share of its width."""
        return self.page.evaluate(
            f"""([words, across]) => {{
              const board = {SESSION}.{board};
              const zone = board.zones.find((zone) => zone.text === words);
              if (!zone) throw new Error(`no ${{words}} among ${{board.zones.map((zone) => zone.text)}}`);
              const [u, v] = [(zone.x + zone.width * across) / board.width, (zone.y + zone.height / 2) / board.height];
              return {TOUR}.visit.stage.camera.position.clone().set(u - 0.5, 0.5 - v, 0).applyMatrix4(board.mesh.matrixWorld).toArray();
            }}""",
            [words, across],
        )

    def look_at(self, target: list[float]) -> None:
        """Turn the head to a point of the tour's world."""
        x, y, z = self.page.evaluate(
            f"""([x, y, z]) => {{
              const point = {TOUR}.visit.stage.camera.position.clone().set(x, y, z);
              return {SESSION}.rig.room.worldToLocal(point).toArray();
            }}""",
            target,
        )
        eyes = self.page.evaluate("[headset.position.x, headset.position.y, headset.position.z]")
        x, y, z = x - eyes[0], y - eyes[1], z - eyes[2]
        self.look(math.degrees(math.atan2(x, -z)), math.degrees(math.atan2(y, math.hypot(x, z))))

    def press_on(self, board: str, words: str, side: str = "right", way: str = "controllers") -> None:
        until(self.page, f"{SESSION}.{board}.zones.some(zone => zone.text === '{words}')")
        # A board is drawn anew while one aims when something has come for it, and its buttons may stand elsewhere then.
        aimed = self.on_board(board, words)
        self.point_at(aimed, side, way)
        while math.dist(aimed, place := self.on_board(board, words)) > 0.01:
            self.point_at(aimed := place, side, way)
        self.press(side, way)

    def eyes(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """What the left and the right eye see."""
        self.frames(2)
        pixels = np.asarray(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB"))
        half = pixels.shape[1] // 2
        return pixels[:, :half], pixels[:, half : 2 * half]

    def seen(self, at: tuple[float, float] = (0.5, 0.5)) -> list[tuple[float, float]]:
        """Heading and pitch of the chart at a point of each eye's picture, as shares of its width and height."""
        return [direction_of(piece) for piece in self._pieces(at)]

    def strengths(self, at: tuple[float, float] = (0.5, 0.5)) -> list[float]:
        return [strength_of(piece) for piece in self._pieces(at)]

    def colours(self, at: tuple[float, float]) -> list[tuple[float, float]]:
        """How red and how green it is at a point of each eye's picture."""
        means = [piece.reshape(-1, 3).mean(axis=0) for piece in self._pieces(at)]
        return [(float(red), float(green)) for red, green, _ in means]

    def _pieces(self, at: tuple[float, float]) -> list[np.ndarray[Any, Any]]:
        pieces = []
        for picture in self.eyes():
            height, width = picture.shape[:2]
            x, y = round(at[0] * width), round(at[1] * height)
            pieces.append(picture[y - 4 : y + 4, x - 4 : x + 4])
        return pieces
