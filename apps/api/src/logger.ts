import { type DestinationStream, type LoggerOptions, pino } from 'pino'

/** Paths that may carry personal data or secrets, wherever an object with them is logged. */
const SECRET = ['authorization', 'cookie', 'password', 'phone', 'code', 'token', 'accessToken', 'refreshToken', 'name']

/** JSON lines on stdout. Requests are named by route pattern and errors by their own words, never by input values. */
export const createLogger = (
  level: LoggerOptions['level'] = 'info',
  destination: DestinationStream = pino.destination(1),
) =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), remove: true },
      serializers: {
        req: (request: { method?: string; routeOptions?: { url?: string } }) => ({
          method: request.method,
          route: request.routeOptions?.url,
        }),
        err: describeError,
      },
    },
    destination,
  )

interface Described {
  type: string
  message: string
  code?: string
  constraint?: string
  stack?: string
  cause?: Described
}

/** An error without the values in it: PostgreSQL's `detail` and drizzle's `params` quote rows. */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { code, constraint } = error as { code?: string; constraint?: string }
  // drizzle puts the parameters into the message, after the statement, and so into the first lines of the stack.
  const message = error.message.split('\nparams:')[0] ?? ''
  return {
    type: error.name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    stack: error.stack?.slice(error.stack.indexOf('\n    at ')).trim(),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
