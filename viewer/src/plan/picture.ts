/** The picture of a plan: sent in parts (tus), so that a lost connection costs nothing that has arrived, and followed until it is made. */

import { DetailedError, Upload } from "tus-js-client";
import type { PlanPicture } from "./session";

const PART = 16 * 1024 * 1024;
const RETRY_DELAYS = [0, 1000, 3000, 5000, 10000];
const EVERY = 700;

/** Sends a file; the number of the picture that is made of it. Throws with the server's words. */
export async function bring(address: string, file: File, moved: (share: number) => void): Promise<number> {
  const upload = await send(file, moved);
  const answer = await fetch(`${address}/pictures`, {
    method: "POST",
    body: new URLSearchParams({ upload }),
    headers: { Accept: "application/json" },
  });
  const said = await answer.text();
  if (!answer.ok) throw new Error(messageIn(said) || String(answer.status));
  return (JSON.parse(said) as { id: number }).id;
}

function send(file: File, moved: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: "/admin/uploads",
      chunkSize: PART,
      retryDelays: RETRY_DELAYS,
      metadata: { filename: file.name, filetype: file.type },
      headers: { Accept: "application/json" },
      removeFingerprintOnSuccess: true,
      onProgress: (sent, all) => moved(sent / Math.max(all, 1)),
      onSuccess: () => resolve(upload.url?.split("/").pop() ?? ""),
      onError: (error) => {
        const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
        reject(new Error(messageIn(body ?? "")));
      },
    });
    upload.start();
  });
}

/** Tells of a picture again and again until it is made, or nothing more will come. */
export async function follow(address: string, id: number, told: (picture: PlanPicture) => void): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/pictures/${id}.json`, { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => undefined);
    if (answer?.status === 404) return;
    if (answer?.ok) {
      const picture = (await answer.json()) as PlanPicture;
      told(picture);
      if (["ready", "failed", "cancelled"].includes(picture.state)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

function messageIn(body: string): string {
  try {
    return (JSON.parse(body) as { error?: { message?: string } }).error?.message ?? "";
  } catch {
    return "";
  }
}
