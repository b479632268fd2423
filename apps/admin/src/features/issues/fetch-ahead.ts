/** The page behind every line of a list is fetched as soon as nothing else is to be done. Safari cannot tell when that is. */
export function fetchIssuePage(): void {
  const soon = window.requestIdleCallback ?? ((fetchPage: () => void) => setTimeout(fetchPage, 200))
  soon(() => void import('./detail/IssuePage.vue').catch(() => undefined))
}
