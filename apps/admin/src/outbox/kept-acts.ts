import { device } from '../offline/device-store.ts'
import { devicePhotosIn, type KeptAct } from './acts.ts'

const DAY_MS = 86_400_000
/** Nobody will send it any more. */
const KEPT_FOR_MS = 30 * DAY_MS
/** As long as the draft that shows it. */
const PHOTO_KEPT_FOR_MS = 7 * DAY_MS

/** What is on this device, of everybody, as it was done. */
const allActs = async (): Promise<KeptAct[]> =>
  (await (await device()).getAll('acts')).toSorted((a, b) => a.pressedAt - b.pressedAt)

const LOCK = 'tongxin-act '

/** While a page sends an act straight from its form no other takes it on. The browser lets go of it also where the page is killed. */
export const whileSending = <T>(id: string, send: () => Promise<T>): Promise<T> =>
  navigator.locks.request(LOCK + id, send) as Promise<T>

/** Waits until no page sends it from its form any more. It is held up by nobody who waits. */
export const onceSent = (id: string): Promise<void> =>
  navigator.locks.request(LOCK + id, { mode: 'shared' }, async () => {}) as Promise<void>

/** What waits, and what a form is sending right now: that is written down before its lock is let go of, and gone or waiting after. */
export async function actsToSend(): Promise<{ waiting: KeptAct[]; fromForms: KeptAct[] }> {
  const before = new Set((await allActs()).map(({ id }) => id))
  if (before.size === 0) return { waiting: [], fromForms: [] }
  const { held = [] } = await navigator.locks.query()
  const locks = new Set(held.filter(({ mode }) => mode === 'exclusive').map(({ name }) => name))
  const acts = (await allActs()).filter(({ id }) => before.has(id))
  const isFromForm = ({ id }: KeptAct) => locks.has(LOCK + id)
  return { waiting: acts.filter((act) => !isFromForm(act)), fromForms: acts.filter(isFromForm) }
}

export const putAct = async (act: KeptAct): Promise<void> => void (await (await device()).put('acts', act))

/** With its photos, unless its form shows them again. */
export async function deleteAct(act: KeptAct, photosToo = true): Promise<void> {
  const db = await device()
  await db.delete('acts', act.id)
  if (photosToo) for (const photo of devicePhotosIn(act.body)) await db.delete('photos', photo)
}

/** What is too old goes; of photos also those that no act needs, where `draftsToo` says that nobody goes on with a draft. */
export async function sweepActs(draftsToo = false): Promise<void> {
  const db = await device()
  const now = Date.now()
  const acts = await allActs()
  const [old, young] = [
    acts.filter((act) => now - act.pressedAt > KEPT_FOR_MS),
    acts.filter((act) => now - act.pressedAt <= KEPT_FOR_MS),
  ]
  for (const act of old) await deleteAct(act)
  const needed = new Set(young.flatMap(({ body }) => devicePhotosIn(body)))
  for (const name of await db.getAllKeys('photos')) {
    const photo = await db.get('photos', name)
    if (photo && !needed.has(name) && (draftsToo || now - photo.at > PHOTO_KEPT_FOR_MS)) await db.delete('photos', name)
  }
}
