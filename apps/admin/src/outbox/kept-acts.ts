import { device } from '../offline/device-store.ts'
import { devicePhotosIn, type KeptAct } from './acts.ts'

const DAY_MS = 86_400_000
/** Nobody will send it any more. */
const KEPT_FOR_MS = 30 * DAY_MS
/** As long as the draft that shows it. */
const PHOTO_KEPT_FOR_MS = 7 * DAY_MS

/** What waits on this device, of everybody, as it was done. */
export const allActs = async (): Promise<KeptAct[]> =>
  (await (await device()).getAll('acts')).toSorted((a, b) => a.pressedAt - b.pressedAt)

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
