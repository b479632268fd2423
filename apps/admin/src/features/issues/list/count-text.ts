/** A number of matters; a plus where there are more than were counted. */
export const countText = ({ value, exact }: { value: number; exact: boolean }): string =>
  `${value.toLocaleString('en')}${exact ? '' : '+'}`
