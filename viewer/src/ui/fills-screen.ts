/** Whether `element` fills the screen. The document itself only knows of the outermost element in whose shadow it stands. */
export function fillsScreen(element: Element): boolean {
  return (element.getRootNode() as Document | ShadowRoot).fullscreenElement === element;
}
