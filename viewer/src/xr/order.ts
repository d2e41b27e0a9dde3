/** In which order things are drawn over the panoramas, whose pieces have orders up to 200. */
export const ORDER = { marks: 300, outlines: 310, things: 320, boards: 330, hands: 340, pointers: 350 } as const;
