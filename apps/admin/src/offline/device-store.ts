import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { KeptAct } from '../outbox/acts.ts'

/** What the console keeps on a device beside drafts; docs/adr says what, and for how long. */
export interface DeviceSchema extends DBSchema {
  /** Answers of the API, by what was asked. */
  seen: { key: string; value: { at: number; answer: object; personId: string } }
  /** What was done and is not sent yet. */
  acts: { key: string; value: KeptAct }
  /** Photos that are not sent yet, by the name that stands for them in a form. */
  photos: { key: string; value: { at: number; photo: Blob; name: string } }
}

let opened: Promise<IDBPDatabase<DeviceSchema>> | undefined

/** @throws where the browser keeps nothing, for instance in a private window of some */
export function device(): Promise<IDBPDatabase<DeviceSchema>> {
  opened ??= openDB<DeviceSchema>('tongxin', 1, {
    upgrade(db) {
      db.createObjectStore('seen')
      db.createObjectStore('acts', { keyPath: 'id' })
      db.createObjectStore('photos')
    },
    // Another page needs a newer form of it: this one opens it anew when it is asked for.
    blocking: () => {
      void opened?.then((db) => db.close())
      opened = undefined
    },
    terminated: () => {
      opened = undefined
    },
  }).catch((error) => {
    opened = undefined
    throw error
  })
  return opened
}
