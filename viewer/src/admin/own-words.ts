/** A field that asks for a form, as a name in the address or a year, says in its `title` which; browsers say only that there is one. */
export function sayWhatIsAsked(root: Document): void {
  root.addEventListener(
    'invalid',
    ({ target: field }) => {
      if (!(field instanceof HTMLInputElement) || !field.title) return;
      if (field.validity.patternMismatch || field.validity.typeMismatch) field.setCustomValidity(field.title);
    },
    true,
  );
  root.addEventListener(
    'input',
    ({ target: field }) => {
      if (field instanceof HTMLInputElement && field.validity.customError) field.setCustomValidity('');
    },
    true,
  );
}
