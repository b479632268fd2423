import type pg from 'pg'

const PAGE = 8192
const SHORT_HEADER = 24
const LONG_HEADER = 40

interface Place {
  file: string
  offset: number
  size: number
}

const where = async (pool: pg.Pool): Promise<Place> => {
  const { rows } = await pool.query<Place>(
    `select f.file_name as file, f.file_offset as "offset", pg_size_bytes(current_setting('wal_segment_size'))::int as size
     from pg_walfile_name_offset(pg_current_wal_insert_lsn()) f`,
  )
  return rows[0] as Place
}

const next = (file: string): string => {
  const at = Number.parseInt(file.slice(16), 16) + 1
  return `${file.slice(0, 16)}${at.toString(16).toUpperCase().padStart(8, '0')}`
}

/** The bytes of the records alone: pages begin with headers, which may cut a record in two. */
const withoutHeaders = (bytes: Buffer, from: number): Buffer => {
  const parts: Buffer[] = []
  for (let page = Math.floor(from / PAGE) * PAGE; page < from + bytes.length; page += PAGE) {
    const begin = Math.max(page + (page === 0 ? LONG_HEADER : SHORT_HEADER), from) - from
    parts.push(bytes.subarray(begin, page + PAGE - from))
  }
  return Buffer.concat(parts)
}

/** What the database writes ahead from here on, in the order it was done; read when asked for. */
export async function watchLog(pool: pg.Pool): Promise<() => Promise<Buffer>> {
  const begun = await where(pool)
  return async () => {
    // What commits without waiting for the disk may not be in the file yet.
    await pool.query(`select pg_logical_emit_message(false, 'test', '', true)`)
    const ended = await where(pool)
    const parts: Buffer[] = []
    for (let { file, offset } = begun; ; file = next(file), offset = 0) {
      const last = file === ended.file
      const length = (last ? ended.offset : begun.size) - offset
      const { rows } = await pool.query<{ bytes: Buffer }>('select pg_read_binary_file($1, $2, $3) as bytes', [
        `pg_wal/${file}`,
        offset,
        length,
      ])
      parts.push(withoutHeaders(rows[0]?.bytes ?? Buffer.alloc(0), offset))
      if (last) return Buffer.concat(parts)
    }
  }
}
