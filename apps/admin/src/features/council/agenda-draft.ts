import type { AgendaItem, AgendaItemBody, AgendaKind } from '@tongxin/contract'

export type By = 'nobody' | 'person' | 'unit' | 'other'

/** An item of the agenda while it is being arranged. */
export interface ItemDraft {
  /** Keeps its place on the page while it moves. */
  key: string
  kind: AgendaKind
  issueId: string | null
  /** Of an item that stands on the agenda already. */
  id: string | null
  title: string
  text: string
  minutes: number | undefined
  by: By
  personId: string
  unitId: string
  affiliation: string
  name: string
}

let made = 0

export const newDraft = (kind: AgendaKind, fields: Partial<ItemDraft> = {}): ItemDraft => ({
  key: fields.issueId ?? fields.id ?? `new-${++made}`,
  kind,
  issueId: null,
  id: null,
  title: '',
  text: '',
  minutes: undefined,
  by: 'nobody',
  personId: '',
  unitId: '',
  affiliation: '',
  name: '',
  ...fields,
})

export const draftOf = ({ id, kind, issueId, title, text, minutes, presenter }: AgendaItem): ItemDraft =>
  newDraft(kind, {
    id,
    issueId,
    title: title ?? '',
    text: text ?? '',
    minutes: minutes ?? undefined,
    by: presenter?.kind ?? 'nobody',
    personId: presenter?.kind === 'person' ? (presenter.id ?? '') : '',
    unitId: presenter?.kind === 'unit' ? (presenter.id ?? '') : '',
    affiliation: presenter?.affiliation ?? '',
    name: presenter?.kind === 'other' ? (presenter.name ?? '') : '',
  })

const presenterOf = ({ by, personId, unitId, affiliation, name }: ItemDraft): AgendaItemBody['presenter'] => {
  if (by === 'person' && personId) return { personId }
  if (by === 'unit' && unitId) return { unitId }
  if (by !== 'other' || !(affiliation.trim() || name.trim())) return undefined
  return { affiliation: affiliation.trim(), name: name.trim() || undefined }
}

export const bodyOf = (draft: ItemDraft): AgendaItemBody => {
  const timing = { minutes: draft.minutes ?? undefined, presenter: presenterOf(draft) }
  if (draft.kind === 'issue') return { issueId: draft.issueId as string, ...timing }
  const { kind, id, title, text } = draft
  return { ...(id && { id }), kind, title: title.trim(), text: text.trim() || undefined, ...timing }
}
