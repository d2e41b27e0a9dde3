import { describe, expect, it } from "vitest";
import { Misshapen } from "../../src/reading/shape";
import { checkGuided } from "../../src/tour/guided/check-guided";
import { captionAt, parseCaptions, readingSeconds, sentencesOf } from "../../src/tour/guided/telling";

const FAR = { address: "https://far.example.org/api/v1/tours/t", trusted: false, home: ["https://home.example.org"] };

function tour(): any {
  const stop = {
    scene: "hall",
    tour: "/api/v1/scenes/hall/tour.json",
    page: "/scenes/hall?tour=t&stop=1",
    view: { yaw: 10, pitch: 0, fov: 60 },
    way: null,
    title: { en: "Hall" },
    body: { en: "Told." },
    picture: { thumbnail: "/files/a.jpg", alt: {}, iiif: "/iiif/3/a" },
    narration: { en: "/a.mp3" },
    captions: {},
    question: {},
    answers: [{ text: { en: "Yes" }, right: true }],
    explanation: {},
  };
  return { slug: "t", title: { en: "Tour" }, page: "/tours/t", seconds: 60, stops: [stop] };
}

describe("a guided tour from a server", () => {
  it("gets absolute addresses and keeps nothing else", () => {
    const { stops, ...rest } = checkGuided(tour(), FAR);
    expect(rest).toEqual({ slug: "t", title: { en: "Tour" }, page: "https://far.example.org/tours/t" });
    expect(stops[0]!.narration["en"]).toBe("https://far.example.org/a.mp3");
    expect(stops[0]!.picture).toEqual({ thumbnail: "https://far.example.org/files/a.jpg", alt: {} });
    expect(stops[0]!.way).toBeUndefined();
  });

  it.each([
    ["no stops", (t: any) => (t.stops = [])],
    ["a script for a recording", (t: any) => (t.stops[0].narration.en = "javascript:alert(1)")],
    ["a picture of the visitor's own museum", (t: any) => (t.stops[0].picture.thumbnail = "https://home.example.org/files/x.jpg")],
    ["a view beyond the sky", (t: any) => (t.stops[0].view.pitch = 200)],
    ["an answer neither right nor wrong", (t: any) => (t.stops[0].answers[0].right = "yes")],
  ])("is refused with %s", (_, spoil) => {
    const spoilt = tour();
    spoil(spoilt);
    expect(() => checkGuided(spoilt, FAR)).toThrow(Misshapen);
  });
});

describe("what is told", () => {
  it("falls into sentences in Chinese and in English", () => {
    expect(sentencesOf("抬头看灯。“真亮！”再看门")).toEqual(["抬头看灯。", "“真亮！”", "再看门"]);
    expect(sentencesOf("It is 2.5 m high. Look up! Then go on.")).toEqual(["It is 2.5 m high.", "Look up!", "Then go on."]);
    expect(sentencesOf("")).toEqual([]);
  });

  it("takes its time", () => {
    expect(readingSeconds("看")).toBe(2.5);
    expect(readingSeconds("看".repeat(90))).toBeCloseTo(20.6);
  });

  it("has captions in WebVTT", () => {
    const cues = parseCaptions("WEBVTT\r\n\r\nNOTE nothing\r\n\r\n1\r\n00:01.000 --> 00:02.500 align:start\r\n<v Guide>Look <i>up</i>\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nLate");
    expect(cues).toEqual([{ from: 1, to: 2.5, text: "Look up" }, { from: 3600, to: 3601, text: "Late" }]);
    expect(captionAt(cues, 1.2)).toBe("Look up");
    expect(captionAt(cues, 3)).toBe("");
    expect(parseCaptions("not captions --> at all")).toEqual([]);
  });
});
