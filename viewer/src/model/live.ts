/** One live 3D model on a page: the next one that opens sends the last one back to its poster, with all that it holds of the GPU. */

export interface Live {
  rest(): void;
}

let live: Live | undefined;

export function takeStage(model: Live): void {
  if (live !== model) live?.rest();
  live = model;
}

export function leaveStage(model: Live): void {
  if (live === model) live = undefined;
}

export function stageIsFree(model: Live): boolean {
  return live === undefined || live === model;
}
