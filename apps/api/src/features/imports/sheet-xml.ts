import { SaxesParser } from 'saxes'
import { TableError } from './table.ts'

/** Longest stretch without any tag. A cell of a real spreadsheet ends at 32,767 characters; the parser would hold more in memory. */
const MAX_TEXT_LENGTH = 1_000_000

export interface XmlEvents {
  open?: (name: string, attributes: Record<string, string>) => void
  text?: (text: string) => void
  close?: (name: string) => void
  /** Where the reading stands, for the message of a torn part. */
  place: () => string
}

/**
 * Parses an XML part piece by piece and yields after each piece, so that the caller can hand on what is ready.
 * Names come without namespace prefix; document types are refused, entities of one's own are never expanded.
 */
export async function* parseXml(pieces: AsyncIterable<string>, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw new TableError('torn_file', `${events.place()}：含有文档类型声明，拒绝读取`)
  })
  parser.on('error', (error) => {
    throw new TableError('torn_file', `${events.place()}：XML 已损坏（${error.message}）`)
  })
  if (events.open) parser.on('opentag', (tag) => events.open?.(localName(tag.name), tag.attributes))
  if (events.text) parser.on('text', (text) => events.text?.(text))
  if (events.close) parser.on('closetag', (tag) => events.close?.(localName(tag.name)))

  let sinceTag = 0
  for await (const piece of pieces) {
    const lastTag = piece.lastIndexOf('<')
    sinceTag = lastTag < 0 ? sinceTag + piece.length : piece.length - lastTag
    if (sinceTag > MAX_TEXT_LENGTH) throw new TableError('torn_file', `${events.place()}：有一格长得不像正常的表格`)
    parser.write(piece)
    yield
  }
  parser.close()
  yield
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Spreadsheets write characters XML cannot hold as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export const decodeEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
