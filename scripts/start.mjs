// npm start: from a fresh clone to a running service.
import { buildWebApps, install, main, releaseSignals, underPinnedNode } from './bootstrap.mjs'

await main(async () => {
  await underPinnedNode(import.meta.url)
  await install()
  await buildWebApps()
  releaseSignals()
  await import('../apps/api/src/main.ts')
})
