/** For `ref`: what appears because somebody asked for it has the focus. Stable, so that it acts once. */
export function focusWhenShown(element: HTMLElement | null): void {
  element?.focus();
}
