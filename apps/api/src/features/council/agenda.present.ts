import { type AgendaItem, makePublicId } from '@tongxin/contract'
import type { Cipher } from '../../personal-data/cipher.ts'
import { openName } from '../people/index.ts'
import type { Standing } from './council.policy.ts'
import { type AgendaRow, currentItem, type PaperRow } from './items.queries.ts'
import { openPresenter } from './presenter-name.ts'

/** Who presents by name is named to those inside alone. */
const presenterOf = (row: AgendaRow, { inside }: Standing, cipher: Cipher): AgendaItem['presenter'] => {
  const { presenterPersonId: id, presenterPersonCipher: nameCipher, presenterUnitId, presenterAffiliation } = row
  const unnamed = { id: null, name: null, affiliation: presenterAffiliation }
  if (id !== null)
    return inside
      ? { ...unnamed, kind: 'person', id, name: openName(cipher, { id, nameCipher, phoneCipher: null }) }
      : { ...unnamed, kind: 'person' }
  if (presenterUnitId !== null) return { ...unnamed, kind: 'unit', id: presenterUnitId, name: row.presenterUnit }
  if (presenterAffiliation === null) return null
  const { presenterNameCipher: sealed } = row
  const name = inside && sealed !== null ? openPresenter(cipher, row.id, sealed) : null
  return { ...unnamed, kind: 'other', name }
}

/** A meeting's agenda as this reader may see it. */
export const presentAgenda = (
  communityCode: string,
  agenda: readonly AgendaRow[],
  papers: readonly PaperRow[],
  standing: Standing,
  cipher: Cipher,
): AgendaItem[] => {
  const current = currentItem(agenda)
  const showsPapers = ({ state, publicTitle }: AgendaRow) =>
    state !== 'dropped' && (standing.inside || publicTitle !== null)
  return agenda.map((row) => ({
    id: makePublicId(communityCode, row.id),
    kind: row.kind,
    issueId: row.issueId === null ? null : makePublicId(communityCode, row.issueId),
    number: row.number,
    title: row.publicTitle ?? (standing.manages ? row.title : null),
    text: row.text,
    issueState: row.issueState,
    state: row.state,
    presenter: presenterOf(row, standing, cipher),
    minutes: row.minutes,
    begunAt: row.begunAt,
    current: row === current,
    note: standing.inside ? row.note : null,
    papers: papers
      .filter(({ itemId }) => itemId === row.id && showsPapers(row))
      .map(({ itemId: _, id, ...paper }) => ({ ...paper, id: makePublicId(communityCode, id) })),
  }))
}
