/**
 * Gives a shadow tree its own `<style>` elements as adopted sheets: the museum's security policy lets no inline style element
 * apply, and the library has no other way to bring its styles.
 */
export function adoptStyles(root: ShadowRoot): void {
  if (root.adoptedStyleSheets.length > 0) return;
  root.adoptedStyleSheets = [...root.querySelectorAll("style")].map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent ?? "");
    return sheet;
  });
}
