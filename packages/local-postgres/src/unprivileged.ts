import { spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { LocalPostgresError } from './local-postgres-error.ts'

/** How a program is run: its command line, the account it runs under, and how to hand that account a path. */
export interface Launcher {
  wrap(command: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number }
  handOver(path: string): void
}

const asOurselves: Launcher = { wrap: (command, args) => ({ command, args }), handOver: () => {} }

// A user namespace that maps root to an ordinary number: PostgreSQL no longer sees root, yet the files stay root's,
// so that a data folder under /root works too. unshare executes the program in place: one process, one pid.
const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000']

/** PostgreSQL refuses to run as root. An ordinary account runs it directly; root steps down first. */
export function unprivilegedLauncher(): Launcher {
  if (process.getuid?.() !== 0) return asOurselves
  if (spawnSync('unshare', [...NAMESPACE, 'true']).status === 0) {
    return { ...asOurselves, wrap: (command, args) => ({ command: 'unshare', args: [...NAMESPACE, command, ...args] }) }
  }
  for (const account of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, account]).stdout?.toString().trim() || 0),
    )
    if (!uid || !gid) continue
    return {
      wrap: (command, args) => ({ command, args, uid, gid }),
      handOver: (path) => chownSync(path, uid, gid),
    }
  }
  throw new LocalPostgresError(
    'PostgreSQL 不能以 root 运行，而本机既没有可用的 unshare，也没有 postgres 或 nobody 账号。请换用普通账号，或设置 DATABASE_URL。' +
      ' PostgreSQL refuses to run as root: use an ordinary account, or set DATABASE_URL.',
  )
}
