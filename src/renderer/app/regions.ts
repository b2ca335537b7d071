const focusable = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex="0"]';

const visible = (element: HTMLElement): boolean => element.offsetParent !== null || element.getClientRects().length > 0;

/** F6: moves the focus to the next region of the window (Shift: the one before), to its first control. */
export function focusNextRegion(direction: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => visible(region) && (region.matches(focusable) || region.querySelector(focusable) !== null),
  );
  if (regions.length === 0) return;
  const here = document.activeElement;
  const current = regions.findIndex((region) => region.contains(here));
  const next = current === -1 ? (direction === 1 ? 0 : regions.length - 1) : current + direction;
  const region = regions[(next + regions.length) % regions.length];
  const target = region?.matches(focusable) ? region : region?.querySelector<HTMLElement>(focusable);
  target?.focus();
}

/** `/`: the filter of the page that is open, if it has one. */
export function focusFilter(): void {
  document.querySelector<HTMLInputElement>('[data-filter]')?.focus();
}
