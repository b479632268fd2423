/** As long as the code on the room's screen. */
export const CODE_LENGTH = 8

/** The code as it was meant: blanks and case do not matter, and what reads as a figure is one (Crockford's alphabet). */
export const codeFrom = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')
