/**
 * Tells what is told at a stop: by a recording where there is one, else by the browser's own voice, else in silence at the pace of
 * reading. Which sentence is being told, and when all is told, it says by its listener.
 */

import { type Language, languageNamed } from "../../i18n/languages";
import { type Cue, captionAt, parseCaptions, readingSeconds, sentencesOf } from "./telling";

export interface Telling {
  language: Language;
  text: string;
  recording?: string | undefined;
  captions?: string | undefined;
}

export interface NarratorEvents {
  /** Number of the sentence that is being told. */
  sentence(number: number): void;
  caption(words: string): void;
  done(): void;
}

/** A voice for the language; undefined where the browser has none, or not yet: it tells by `voiceschanged`. */
export function voiceFor(language: Language): SpeechSynthesisVoice | undefined {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const tagged = voices.map((voice) => ({ voice, tag: voice.lang.toLowerCase().replace("_", "-") }));
  for (const wanted of languageNamed(language).voices.map((tag) => tag.toLowerCase())) {
    const found = tagged.find(({ tag }) => tag === wanted || tag.startsWith(`${wanted}-`));
    if (found) return found.voice;
  }
  return undefined;
}

export class Narrator {
  private readonly audio = new Audio();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private telling: Telling | undefined;
  private sentences: string[] = [];
  private cues: Cue[] = [];
  private at = 0;
  private turn = 0;

  constructor(private readonly events: NarratorEvents) {
    this.audio.preload = "auto";
    this.audio.addEventListener("timeupdate", () => {
      const { duration, currentTime } = this.audio;
      if (this.cues.length > 0) this.events.caption(captionAt(this.cues, currentTime));
      else if (duration > 0) this.say(Math.min(Math.floor((currentTime / duration) * this.sentences.length), this.sentences.length - 1));
    });
    this.audio.addEventListener("ended", () => this.events.done());
  }

  /** Gets ready to tell something else, from its beginning. */
  set(telling: Telling): void {
    this.pause();
    this.telling = telling;
    this.sentences = sentencesOf(telling.text);
    this.cues = telling.captions ? parseCaptions(telling.captions) : [];
    this.at = 0;
    this.audio.removeAttribute("src");
    this.events.caption("");
    this.events.sentence(-1);
  }

  /** Goes on telling, aloud or in silence. */
  play(aloud: boolean): void {
    this.pause();
    const { telling } = this;
    if (!telling) return;
    if (aloud && telling.recording) void this.playRecording(telling.recording);
    else this.tell(aloud ? voiceFor(telling.language) : undefined);
  }

  pause(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.audio.pause();
    window.speechSynthesis?.cancel();
  }

  dispose(): void {
    this.pause();
    this.audio.removeAttribute("src");
  }

  private async playRecording(address: string): Promise<void> {
    const turn = this.turn;
    if (this.audio.src !== address) this.audio.src = address;
    try {
      await this.audio.play();
    } catch {
      // No such recording, or one that this browser does not play: the words are there all the same.
      if (turn === this.turn) this.tell(this.telling && voiceFor(this.telling.language));
    }
  }

  private tell(voice: SpeechSynthesisVoice | undefined): void {
    const turn = this.turn;
    const sentence = this.sentences[this.at];
    if (sentence === undefined) {
      this.timer = setTimeout(() => this.events.done(), 600);
      return;
    }
    this.say(this.at);
    const next = (): void => {
      if (turn !== this.turn) return;
      clearTimeout(this.timer);
      this.at++;
      this.tell(voice);
    };
    if (!voice) {
      this.timer = setTimeout(next, readingSeconds(sentence) * 1000);
      return;
    }
    // One utterance for each sentence: long ones stop half-way in some browsers.
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = next;
    utterance.onerror = () => {
      if (turn === this.turn) this.timer = setTimeout(next, readingSeconds(sentence) * 1000);
    };
    // Where speech neither ends nor fails, the tour goes on all the same.
    this.timer = setTimeout(next, readingSeconds(sentence) * 3000 + 8000);
    window.speechSynthesis.speak(utterance);
  }

  private say(number: number): void {
    this.at = Math.max(number, 0);
    this.events.sentence(this.at);
  }
}
