import type { Readable } from 'node:stream'
import type { MinutesView } from '@tongxin/contract'
import { blocksOf, dayInWords } from './minutes-words.ts'
import { openOfficialPage } from './official-page.ts'

/** Enough of the hash to tell texts apart by eye; the whole stands in the evidence chain. */
const CHECK_DIGITS = 16

/** A section's heading keeps its first item's and two lines of that beneath it, an item's the line that follows. */
const STYLES = {
  heading: { style: 'bold', lines: 4 },
  item: { style: 'bold', lines: 2 },
  paragraph: { style: 'regular', lines: 1 },
} as const

/** The minutes as an A4 PDF, with the names this view holds; what is not confirmed says so on every page. */
export const printMinutes = async (view: MinutesView): Promise<Readable> => {
  const { content, state, hash, hashName, confirmedAt, publishedAt, draftedAt } = view
  const final = state === 'confirmed'
  const council = `${content.communityName}居民议事会`
  const title = `${content.title}会议纪要`
  const at = confirmedAt ?? publishedAt ?? draftedAt
  const page = await openOfficialPage({ title, author: content.communityName, at: new Date(at) })
  page.mark(`${council}纪要`, `编号 ${content.number}${final ? '' : '（草稿）'}`)
  page.title(title)
  for (const block of blocksOf(view)) {
    if (block.kind === 'entry') page.entry(block.label, block.text)
    else page.paragraph(block.text, STYLES[block.kind])
  }
  page.paragraph(' ')
  page.signature(council, dayInWords(at))
  page.finish({
    header: `${content.communityName}　会议纪要 ${content.number}${final ? '' : '　草稿，未经确认'}`,
    check: `${hashName} ${hash.slice(0, CHECK_DIGITS)}`,
    across: final ? null : '草稿',
  })
  return page.doc as unknown as Readable
}
