/** How far two fingers turn a picture. Pure. */

/** Degrees that fingers turn before it counts: nobody pinches with so still a hand that the picture would stay upright. */
const SLACK = 10;
/** Pictures that are let go so near to upright, or to lying on a side, are meant to be so. */
const NEAR = 6;

export class Twist {
  private last: number | undefined;
  private turned = 0;

  /** `fingers` tells these two from others. */
  constructor(readonly fingers: string) {}

  /** The fingers lie at `angle` (degrees) now: by how much to turn the picture. */
  to(angle: number): number {
    const before = beyondSlack(this.turned);
    this.turned += this.last === undefined ? 0 : wrap(angle - this.last);
    this.last = angle;
    return beyondSlack(this.turned) - before;
  }
}

/** Where a picture comes to rest that was let go at `turn` degrees. */
export function settled(turn: number): number {
  const quarter = Math.round(turn / 90) * 90;
  return Math.abs(turn - quarter) <= NEAR ? quarter : turn;
}

function beyondSlack(turned: number): number {
  return turned > SLACK ? turned - SLACK : turned < -SLACK ? turned + SLACK : 0;
}

function wrap(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
