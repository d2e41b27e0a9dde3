/** Two eras laid over each other: see through, wipe, nudge. The numbers of the form are what moves the picture. */

const WIDTH = 2048;
const PAUSE = 400;

export function alignEras(root: HTMLElement): void {
  const moving = [...root.querySelectorAll<SVGImageElement>('[data-moving] image')];
  const veil = root.querySelector<SVGElement>('[data-veil]');
  const edge = root.querySelector<SVGElement>('[data-wipe]');
  const sliders = root.querySelector<HTMLElement>('[data-sliders]');
  if (!veil || !edge || !sliders) return;
  sliders.hidden = false;
  const follow = (selector: string, act: (share: number) => void): void => {
    const input = root.querySelector<HTMLInputElement>(selector);
    input?.addEventListener('input', () => act(Number(input.value) / 100));
  };
  follow('[data-opacity]', (share) => veil.setAttribute('opacity', String(share)));
  follow('[data-edge]', (share) => edge.setAttribute('width', String(share * WIDTH)));

  const form = root.querySelector('form');
  if (!form) return;
  const number = (name: string): number => Number((form.elements.namedItem(name) as HTMLInputElement).value) || 0;
  let timer = 0;
  form.addEventListener('input', () => {
    const shift = (((number('north') % 360) + 360) % 360) / 360 * WIDTH;
    moving.forEach((image, copy) => image.setAttribute('x', String(shift + (copy - 1) * WIDTH)));
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const query = new URLSearchParams({ pitch: String(number('level_pitch')), roll: String(number('level_roll')) });
      const address = `/admin/scenes/${root.dataset['scene']}/sphere.jpg?${query}`;
      for (const image of moving) if (image.getAttribute('href') !== address) image.setAttribute('href', address);
    }, PAUSE);
  });
}
