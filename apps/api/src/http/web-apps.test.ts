import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { testApp } from '../../test/support/index.ts'

it('serves what the build laid beside a file to whom that is told to, under the file’s own address alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'tongxin-pages-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  const script = `export const words = ${JSON.stringify('同心'.repeat(500))}`
  writeFileSync(join(root, 'assets/words-1a2b.js'), script)
  writeFileSync(join(root, 'assets/words-1a2b.js.gz'), gzipSync(script))
  const t = await testApp({ config: { adminRoot: root } })
  const ask = (path: string, encoding: string) =>
    t.app.inject({ method: 'GET', url: `/admin/assets/${path}`, headers: { 'accept-encoding': encoding } })

  const [packed, plain] = [await ask('words-1a2b.js', 'gzip'), await ask('words-1a2b.js', 'identity')]
  expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(['gzip', undefined])
  expect(plain.body).toBe(script)
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 10)
  for (const { headers } of [packed, plain]) {
    expect(headers['content-type']).toMatch(/javascript/)
    expect(headers['cache-control']).toMatch(/immutable/)
    expect(headers.vary).toMatch(/accept-encoding/i)
  }
  expect((await ask('words-1a2b.js.gz', 'gzip')).statusCode).toBe(404)
})
