import { type Made, type ReplayedKind, rowsOf, UNKNOWN } from '../../evidence/replay.ts'

const OF_MEETING = 'x.meeting_id = c.id'
const byId = ({ id }: Made) => String(id)

const itemsOf = (record: Record<string, unknown>, named: (name: string) => unknown): Made[] => {
  const [people, names] = [named('presenters'), named('presenterNames')]
  const of = (all: unknown, index: number) => (all === UNKNOWN ? UNKNOWN : (all as unknown[])[index])
  return (record.items as (Made & { byPerson: boolean })[]).map(({ byPerson, ...item }, index) => ({
    ...item,
    presenterPersonId: byPerson ? of(people, index) : null,
    presenterNameCipher: item.presenterAffiliation === null ? null : of(names, index),
  })) as Made[]
}

const isOver = (action: string) => action === 'close' || action === 'cancel'

/** What is heard on a meeting's agenda, as the events of its chain make it; what is a matter also moves by its own. */
export const replayedItems: ReplayedKind = {
  name: 'agenda_items',
  rows: rowsOf('agenda_items', `${OF_MEETING} and x.kind <> 'issue'`, {
    id: 'id',
    kind: 'kind',
    title: 'title',
    text: 'text',
    presenterPersonId: 'presenter_person_id',
    presenterUnitId: 'presenter_unit_id',
    presenterAffiliation: 'presenter_affiliation',
    presenterNameCipher: 'presenter_name_cipher',
    minutes: 'minutes',
    position: 'position',
    state: 'state',
    begunAt: 'begun_at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action === 'set_agenda') {
      const items = itemsOf(record, named)
      for (const row of made)
        if (row.state === 'pending' && !items.some(({ id }) => id === row.id)) row.state = 'dropped'
      for (const item of items.filter(({ kind }) => kind !== 'issue')) {
        const known = made.find(({ id }) => id === item.id)
        if (known) Object.assign(known, item, { state: 'pending' })
        else made.push({ ...item, state: 'pending', begunAt: null })
      }
    }
    if (action === 'bring_along')
      made.push(...itemsOf(record, named).map((item) => ({ ...item, state: 'pending', begunAt: null })))
    for (const row of made) {
      const taken = row.id === record.itemId
      if (row.state === 'discussing' && (action === 'take_up' || isOver(action) || (action === 'finish' && taken)))
        row.state = 'heard'
      if (action === 'take_up' && taken) Object.assign(row, { state: 'discussing', begunAt: at })
      if (row.state === 'pending' && isOver(action)) row.state = 'deferred'
    }
  },
  place: byId,
}

/** Papers, from when they came until they were taken off. */
export const replayedPapers: ReplayedKind = {
  name: 'agenda_papers',
  rows: rowsOf('agenda_papers', OF_MEETING, {
    id: 'attachment_id',
    itemId: 'item_id',
    title: 'title',
    addedAt: 'added_at',
    removedAt: 'removed_at',
  }),
  replay: (made, { action, record, at }) => {
    if (action === 'attach_papers')
      made.push(
        ...(record.added as Made[]).map((paper) => ({
          ...paper,
          itemId: record.itemId,
          addedAt: at,
          removedAt: null,
        })),
      )
    if (action === 'bring_along')
      made.push(...(record.brought as Made[]).map((paper) => ({ ...paper, addedAt: at, removedAt: null })))
    if (action === 'remove_paper') Object.assign(made.find(({ id }) => id === record.paperId) ?? {}, { removedAt: at })
  },
  place: byId,
}

/** What was last written down of each item in session. */
export const replayedNotes: ReplayedKind = {
  name: 'agenda_notes',
  rows: rowsOf('agenda_notes', OF_MEETING, {
    itemId: 'item_id',
    text: 'text',
    notedBy: 'noted_by',
    notedAt: 'noted_at',
  }),
  replay: (made, { action, record, at, named }) => {
    if (action !== 'note') return
    const note = { text: named('text'), notedBy: named('by'), notedAt: at }
    const known = made.find(({ itemId }) => itemId === record.itemId)
    if (known) Object.assign(known, note)
    else made.push({ itemId: record.itemId, ...note })
  },
  place: ({ itemId }) => String(itemId),
}
