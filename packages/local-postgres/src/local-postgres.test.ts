import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  findLocalPostgres,
  type LocalPostgres,
  openLocalPostgres,
  startLocalPostgres,
  startTestPostgres,
} from './index.ts'

let dataDir: string
const running: LocalPostgres[] = []

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tongxin-supervisor-'))
})

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(options: Partial<Parameters<typeof startLocalPostgres>[0]> = {}): Promise<LocalPostgres> {
  const server = await startLocalPostgres({ dataDir, ...options })
  running.push(server)
  return server
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Starts the server from a program of its own, as the service does, and hands back both process numbers. */
async function startInAnotherProgram() {
  const module = new URL('./index.ts', import.meta.url).href
  const script = `import { startLocalPostgres } from ${JSON.stringify(module)}
    const server = await startLocalPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify({ url: server.url, pid: server.pid }))
    setInterval(() => {}, 1000)`
  const program = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(program.stdout, 'data')
  const { url, pid } = JSON.parse(String(line)) as { url: string; pid: number }
  return { url, pid, kill: () => Promise.all([once(program, 'exit'), program.kill('SIGKILL')]) }
}

/** No program any more: gone, or dead and only waiting for its parent to take note. */
function isGone(pid: number): boolean {
  return ['', 'Z'].includes(
    spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .slice(0, 1),
  )
}

describe('the embedded server', () => {
  it('stores UTF-8, sorts Chinese by pinyin and knows Chinese trigrams', async () => {
    const { url } = await start()
    const [encoding] = await query(url, 'show server_encoding')
    expect(encoding).toEqual({ server_encoding: 'UTF8' })
    const sorted = await query<{ name: string }>(
      url,
      `select name from (values ('周'),('安'),('李')) t(name) order by name`,
    )
    expect(sorted.map((row) => row.name)).toEqual(['安', '李', '周'])
    await query(url, 'create extension pg_trgm')
    const [trigrams] = await query<{ count: number }>(url, `select cardinality(show_trgm('路灯不亮')) as count`)
    expect(trigrams?.count).toBeGreaterThan(0)
  })

  it('is durable unless told otherwise', async () => {
    const { url } = await start()
    const settings = await query(
      url,
      `select name, setting from pg_settings
       where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') order by name`,
    )
    expect(settings.map((row) => row.setting)).toEqual(['on', 'on', 'on', 'on'])
  })

  it('asks for the password kept in its folder, which only its owner may read', async () => {
    const { url } = await start()
    const file = path.join(dataDir, 'password')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  it('keeps its data over a restart', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select 7 as n')
    await first.stop()
    const second = await start()
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('leaves no process behind when stopped, and may be stopped twice', async () => {
    const server = await start()
    await Promise.all([server.stop(), server.stop()])
    expect(isGone(server.pid)).toBe(true)
    expect(existsSync(path.join(dataDir, 'cluster/postmaster.pid'))).toBe(false)
  })

  it('starts a killed server again on the same port', async () => {
    const log = vi.fn<(line: string) => void>()
    const server = await start({ log })
    const before = server.pid
    process.kill(before, 'SIGKILL')
    await vi.waitFor(() => expect(log).toHaveBeenCalledWith('数据库已重新启动'), { timeout: 15_000 })
    expect(server.pid).not.toBe(before)
    expect(await query(server.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('refuses a port that another program holds', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await expect(start({ port })).rejects.toThrow(/could not bind/)
    other.close()
  })

  it('refuses a folder made by another PostgreSQL', async () => {
    const server = await start()
    await server.stop()
    const version = path.join(dataDir, 'cluster/PG_VERSION')
    chmodSync(version, 0o600)
    writeFileSync(version, '16\n')
    await expect(start()).rejects.toThrow(/PostgreSQL 16/)
  })

  it('makes a fresh cluster when an earlier creation was cut short', async () => {
    const server = await start()
    await server.stop()
    rmSync(path.join(dataDir, 'cluster/global'), { recursive: true })
    const cluster = path.join(dataDir, 'cluster')
    renameSync(cluster, `${cluster}.making`)
    const again = await start()
    expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })
})

describe('after kill -9', () => {
  it('stops the orphan, keeps what was committed and starts', async () => {
    const program = await startInAnotherProgram()
    await query(program.url, 'create table kept as select 7 as n')
    await program.kill()
    expect(isGone(program.pid)).toBe(false)
    const log = vi.fn<(line: string) => void>()
    const server = await start({ log })
    expect(isGone(program.pid)).toBe(true)
    expect(log.mock.calls.flat().join()).toContain(String(program.pid))
    expect(await query(server.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('recovers when the server was killed too, in the middle of work', async () => {
    const program = await startInAnotherProgram()
    await query(program.url, 'create table kept as select 7 as n')
    const busy = query(program.url, 'select count(*) from generate_series(1, 1000000000)').catch(() => 'cut off')
    await program.kill()
    process.kill(program.pid, 'SIGKILL')
    const server = await start()
    expect(await query(server.url, 'select n from kept')).toEqual([{ n: 7 }])
    expect(await busy).toBe('cut off')
  })

  it('is not misled when the number in the lock file now belongs to another program', async () => {
    const server = await start()
    await server.stop()
    const lock = ['LINE', path.join(dataDir, 'cluster'), '1', '5432', '', '127.0.0.1', '0 0', 'ready', '']
    writeFileSync(path.join(dataDir, 'cluster/postmaster.pid'), lock.join('\n').replace('LINE', String(process.pid)))
    const again = await start()
    expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })
})

describe('a folder in use', () => {
  it('is refused to a second supervisor', async () => {
    const program = await startInAnotherProgram()
    await expect(start()).rejects.toThrow(/DATA_DIR/)
    expect(isGone(program.pid)).toBe(false)
    await program.kill()
    await start()
  })

  it('can be joined by a command, which leaves the server running', async () => {
    const server = await start()
    expect(findLocalPostgres(dataDir)).toBe(server.url)
    const joined = await openLocalPostgres({ dataDir })
    await joined.stop()
    expect(await query(joined.url, 'select 1 as n')).toEqual([{ n: 1 }])
    await server.stop()
    expect(findLocalPostgres(dataDir)).toBeNull()
    const alone = await openLocalPostgres({ dataDir })
    expect(await query(alone.url, 'select 1 as n')).toEqual([{ n: 1 }])
    await alone.stop()
  })
})

describe('the throw-away server', () => {
  it('runs without durability and removes its folder when stopped', async () => {
    const server = await startTestPostgres()
    const [row] = await query<{ fsync: string }>(server.url, 'show fsync')
    expect(row?.fsync).toBe('off')
    const [place] = await query<{ data_directory: string }>(server.url, 'show data_directory')
    const folder = path.dirname(place?.data_directory ?? '')
    expect(readdirSync(folder)).toContain('cluster')
    expect(readFileSync(path.join(folder, 'supervisor.pid'), 'utf8')).toBe(String(process.pid))
    await server.stop()
    expect(existsSync(folder)).toBe(false)
  })
})
