/** What the server knows of a way before it is made. */

export interface Way {
  kind: string;
  /** Where the floor plan says that the other scene lies; null where it does not. */
  yaw: number | null;
  /** Where the way back would stand; null where there is one, or none may be made. */
  back: number | null;
}

/** The way from one scene, at `yaw` of it, to another; undefined where the server can't be asked. */
export async function wayTo(from: string, to: string, yaw: number): Promise<Way | undefined> {
  const query = new URLSearchParams({ to, yaw: String(yaw) });
  try {
    const answer = await fetch(`/admin/scenes/${from}/way.json?${query}`, { headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as Way) : undefined;
  } catch {
    return undefined;
  }
}
