/** In which region's manner times are written. */

/** The first of the visitor's own tags that is the language of the page: in British English the clock has 24 hours, in American it has not.
 * Of Chinese only one of the same script, where it says so. */
export function clockLanguage(page: string = document.documentElement.lang, own: readonly string[] = navigator.languages): string {
  const wanted = new Intl.Locale(page).maximize();
  const found = own.find((tag) => {
    try {
      const { language, script } = new Intl.Locale(tag).maximize();
      return language === wanted.language && script === wanted.script;
    } catch {
      return false;
    }
  });
  return found ?? page;
}
