/** What `<model-comparison>` says; a catalogue of its own, since it comes with the page and not before. */

import type { Language, OwnLanguage } from "../i18n/languages";
import { wordsIn } from "../i18n/words";

const en = {
  linked: "Turn together",
  unlinked: "Turn each alone",
  trueScale: "True sizes",
  filling: "Each as large as it fits",
  figure: "Beside them",
  none: "Nothing",
  hand: "A hand",
  person: "A person",
  handSize: "The hand is 19 cm long.",
  personSize: "The person is 1.70 m tall.",
  high: "{name}: {height} high",
  unsure: "size not confirmed",
  times: "{larger} is {times} times as high as {smaller}.",
  same: "Both are of the same height.",
  notToScale: "Sizes are not to scale now.",
  keys: "Arrow keys turn it, + and − come closer, 0 goes back to the first view.",
  tools: "Comparing",
};

export type ComparisonWord = keyof typeof en;

const zhHans: Record<ComparisonWord, string> = {
  linked: "一起转动",
  unlinked: "各自转动",
  trueScale: "真实大小",
  filling: "各自放大",
  figure: "旁边放",
  none: "不放",
  hand: "一只手",
  person: "一个人",
  handSize: "手长 19 厘米。",
  personSize: "人高 1.70 米。",
  high: "{name}：高 {height}",
  unsure: "尺寸尚未核实",
  times: "{larger}的高度是{smaller}的 {times} 倍。",
  same: "两件一样高。",
  notToScale: "此刻未按比例显示。",
  keys: "方向键转动，+ 和 − 缩放，0 回到最初的视角。",
  tools: "对照",
};

const zhHant: Record<ComparisonWord, string> = {
  linked: "一起轉動",
  unlinked: "各自轉動",
  trueScale: "真實大小",
  filling: "各自放大",
  figure: "旁邊放",
  none: "不放",
  hand: "一隻手",
  person: "一個人",
  handSize: "手長 19 厘米。",
  personSize: "人高 1.70 米。",
  high: "{name}：高 {height}",
  unsure: "尺寸尚未核實",
  times: "{larger}的高度是{smaller}的 {times} 倍。",
  same: "兩件一樣高。",
  notToScale: "此刻未按比例顯示。",
  keys: "方向鍵轉動，+ 和 − 縮放，0 回到最初的視角。",
  tools: "對照",
};

export const COMPARISON_WORDS: Record<OwnLanguage, Record<ComparisonWord, string>> = { "zh-Hans": zhHans, "zh-Hant": zhHant, en };

export function speak(language: Language, key: ComparisonWord, values: Record<string, string> = {}): string {
  return wordsIn("viewer-comparison", COMPARISON_WORDS, language, key, values);
}
