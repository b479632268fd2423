/**
 * Text as people should read it: no stray spaces, tabs, invisible or control characters, at most one blank line between
 * paragraphs. Words are never changed or cut.
 */
export const tidyText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .split('\n')
    .map((line) => line.replace(SPACES, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** The same on one line. */
export const tidyLine = (text: string): string => tidyText(text).replace(/\n+/g, ' ')

/** Tab, no-break, ideographic and other blanks, runs of them. */
const SPACES = /[\t \u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]+/g
/** Control characters, zero-width and direction marks, soft hyphen; not the joiners, which hold emoji together. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/gu

/** What PostgreSQL and UTF-8 can hold: NUL shown as its picture, halves of broken pairs replaced. */
export const storable = (text: string): string => text.replaceAll('\u0000', '\u2400').toWellFormed()
