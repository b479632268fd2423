import { LocalPostgresError } from '@tongxin/local-postgres'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { type Parts, type Service, startService } from './start-service.ts'

/** After this long a request or job that does not end is abandoned; the database rolls it back. */
const PATIENCE_MS = 25_000

export const say = (line: string): void => console.log(`▸ ${line}……`)

/** Runs the service as this process until a signal ends it; the exit code tells how. Returns once it is ready. */
export async function runProcess(partsOf: (config: Config) => Parts): Promise<RunningProcess> {
  const started = performance.now()
  let service: Service | undefined
  try {
    const config = loadConfig()
    service = startService(config, partsOf(config), say, (error) => end(service, 1, error))
    // npm passes a signal on that the terminal already sent us, so a second one means nothing.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => end(service, 0))
    }
    const ready = await service.ready
    return { ...ready, config, seconds: ((performance.now() - started) / 1000).toFixed(1) }
  } catch (error) {
    return await end(service, 1, error as Error)
  }
}

export interface RunningProcess extends Awaited<Service['ready']> {
  config: Config
  /** Time from the start to ready. */
  seconds: string
}

/** Whoever started us can mend it, so a stack would only hide the words. */
const isForPeople = (error: Error) => error instanceof ConfigError || error instanceof LocalPostgresError

let ending: Promise<never> | undefined

function end(service: Service | undefined, code: number, error?: Error): Promise<never> {
  ending ??= (async () => {
    if (error) console.error(isForPeople(error) ? `✗ ${error.message}` : error)
    else console.log('▸ 正在停止：等待处理中的请求与任务完成……')
    const timer = setTimeout(() => {
      console.error('✗ 有请求或任务未能及时完成，强制退出')
      process.exit(1)
    }, PATIENCE_MS)
    try {
      await service?.stop()
    } catch (failure) {
      console.error(failure)
      process.exit(1)
    }
    clearTimeout(timer)
    if (!error) console.log('  已停止')
    return process.exit(code)
  })()
  return ending
}
