import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const ROOT = new URL('../../', import.meta.url)

/** What asks how long ago something was done on this device, whatever its clock says. */
const OF_THE_DEVICE = [
  'packages/web/src/server-time.ts',
  'packages/web/src/use-followed.ts',
  'apps/admin/src/drafts/drafts.ts',
  'apps/admin/src/features/sessions/kept-self.ts',
  'apps/admin/src/offline/seen-store.ts',
  'apps/admin/src/outbox/kept-acts.ts',
  'apps/admin/src/outbox/outbox-store.ts',
  'apps/admin/src/photos/device-photos.ts',
  'apps/admin/src/router.ts',
]

it('reads the time of the server, not of the device, on every page', () => {
  const files = ['apps/admin/src', 'apps/hall/src', 'packages/web/src'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
  const reading = files.filter((file) => /Date\.now\(|new Date\(\)/.test(readFileSync(new URL(file, ROOT), 'utf8')))
  expect(reading.filter((file) => !OF_THE_DEVICE.includes(file))).toEqual([])
})
