/** A record of a CSV file, or a line that cannot be one. `line` counts the lines of the file from 1. */
export type CsvRecord =
  | { line: number; fields: string[]; torn?: undefined }
  | { line: number; fields?: undefined; torn: string }

/** Longest record; the longest message and answer seen are 8,000 characters each. */
const MAX_RECORD_LENGTH = 256 * 1024

type Taken = { end: number; fields: string[]; lines: number } | { torn: string } | 'more'

/**
 * Splits CSV text into records (RFC 4180; any line break; quotes inside an unquoted field are plain text). A torn line, such
 * as one whose quote never closes, costs itself and nothing more: reading takes up again at the line after it. The
 * usual parsers take all that follows for one field, up to the end of the file.
 *
 * @param columns tells how many fields a record must have, once known; a record of other width that runs over several
 *   lines is taken for torn too, since its quote then closed at somebody else's.
 */
export async function* splitRecords(
  pieces: AsyncIterable<string>,
  delimiter: string,
  columns: () => number | null,
): AsyncGenerator<CsvRecord> {
  let text = ''
  let start = 0
  let line = 1
  let skipping = false
  const source = pieces[Symbol.asyncIterator]()
  for (let ended = false; ; ) {
    // Every record the text at hand holds, then more text.
    while (start < text.length) {
      if (skipping) {
        const next = afterLineBreak(text, start, ended)
        if (next === null) {
          start = text.length
          break
        }
        start = next
        line++
        skipping = false
        continue
      }
      const taken = takeRecord(text, start, delimiter, ended)
      if (taken === 'more') break
      const width = columns()
      if ('torn' in taken || (taken.lines > 1 && width !== null && taken.fields.length !== width)) {
        yield { line, torn: 'torn' in taken ? taken.torn : '引号没有成对' }
        skipping = true
        continue
      }
      yield { line, fields: taken.fields }
      line += taken.lines
      start = taken.end
    }
    if (ended) return
    const next = await source.next()
    text = text.slice(start) + (next.done ? '' : next.value)
    start = 0
    ended = next.done === true
  }
}

const takeRecord = (text: string, start: number, delimiter: string, ended: boolean): Taken => {
  const fields: string[] = []
  let at = start
  let lines = 1
  for (;;) {
    let field: string
    if (text[at] === '"') {
      let from = ++at
      field = ''
      for (;;) {
        const quote = text.indexOf('"', from)
        if (quote < 0 || quote - start > MAX_RECORD_LENGTH) {
          return ended || text.length - start > MAX_RECORD_LENGTH ? { torn: '引号没有闭合' } : 'more'
        }
        if (quote + 1 === text.length && !ended) return 'more'
        field += text.slice(at, quote)
        at = from = quote + 1
        if (text[at] !== '"') break
        field += '"'
        at = from = at + 1
      }
      lines += countLineBreaks(field)
      const next = text[at]
      if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r')
        return { torn: '引号后面还有文字' }
    } else {
      const from = at
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
      if (at - start > MAX_RECORD_LENGTH) return { torn: '这一行过长' }
      field = text.slice(from, at)
    }
    if (at === text.length && !ended) return 'more'
    fields.push(field)
    if (text[at] === delimiter) {
      at++
      continue
    }
    if (text[at] === '\r' && at + 1 === text.length && !ended) return 'more'
    return { fields, lines, end: text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1 }
  }
}

/** Position after the next line break; null where the text at hand has none. */
const afterLineBreak = (text: string, from: number, ended: boolean): number | null => {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\n') return at + 1
    if (text[at] !== '\r') continue
    if (at + 1 === text.length) return ended ? at + 1 : null
    return text[at + 1] === '\n' ? at + 2 : at + 1
  }
  return null
}

const countLineBreaks = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0
