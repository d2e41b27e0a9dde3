/** Choosing many rows of a list: all of the page at once, a range with Shift, and how many there are. */

export function chooseMany(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('.chosen-row > input[type=checkbox]')];
  const all = form.querySelector<HTMLElement>('[data-choose-all]');
  const box = all?.querySelector('input');
  const said = form.querySelector<HTMLElement>('[data-chosen]');
  if (!all || !box || !said) return;
  all.hidden = false;
  let last: number | undefined;
  const tell = (): void => {
    const count = boxes.filter((one) => one.checked).length;
    box.checked = count === boxes.length;
    box.indeterminate = count > 0 && count < boxes.length;
    said.textContent = count > 0 ? (said.dataset['text'] ?? '').replace('{count}', String(count)) : '';
    for (const button of form.querySelectorAll<HTMLButtonElement>('.bulk-bar button')) button.disabled = count === 0;
  };
  box.addEventListener('change', () => {
    for (const one of boxes) one.checked = box.checked;
    tell();
  });
  boxes.forEach((one, index) => {
    one.addEventListener('click', (event) => {
      if (event.shiftKey && last !== undefined) {
        for (const between of boxes.slice(Math.min(last, index), Math.max(last, index) + 1)) between.checked = one.checked;
      }
      last = index;
      tell();
    });
  });
  tell();
}
