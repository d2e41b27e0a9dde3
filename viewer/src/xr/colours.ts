/** The theme's colours and faces, for what is drawn onto boards: a headset shows no style sheets. */

export const COLOUR = {
  ground: "rgb(15 13 11 / 0.96)",
  raised: "rgb(48 41 34 / 0.95)",
  line: "#4a4038",
  ink: "#ede6db",
  quiet: "#b0a596",
  accent: "#e9b872",
  onAccent: "#201709",
} as const;

const SERIF = "Georgia, 'Songti SC', 'Source Han Serif SC', 'Noto Serif SC', 'Noto Serif CJK SC', SimSun, serif";
const SANS = "'Helvetica Neue', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

export function serif(size: number): string {
  return `500 ${size}px ${SERIF}`;
}

export function sans(size: number): string {
  return `400 ${size}px ${SANS}`;
}
