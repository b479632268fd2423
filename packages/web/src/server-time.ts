import { computed, ref } from 'vue'

/** Less is the way of an answer, and that its date is cut to seconds. */
const NOTHING_MS = 2_000
/** From here on whoever looks at the clock of their device would be misled by what the page says. */
const WORTH_SAYING_MS = 5 * 60_000

/** How far the server's clock is ahead of this device's. */
const ahead = ref(0)

/**
 * Now, by the server's clock: deadlines, ages and what is today are the server's, and a device may be hours off. The only way to read it in
 * both web apps; for how long something took on this device `Date.now()` will do. Until the first answer the device is believed.
 */
export const serverNow = (): Date => new Date(Date.now() + ahead.value)

/** By how many milliseconds this device is behind the server, below zero ahead of it; 0 where that is not worth saying. */
export const deviceIsBehind = computed(() => (Math.abs(ahead.value) < WORTH_SAYING_MS ? 0 : ahead.value))

/** What a browser may have kept from earlier tells no time. */
const isFresh = (headers: Headers): boolean => headers.get('cache-control')?.includes('no-store') === true

function note(headers: Headers): void {
  const said = isFresh(headers) ? Date.parse(headers.get('date') ?? '') : Number.NaN
  if (Number.isNaN(said)) return
  const found = said + 500 - Date.now()
  if (Math.abs(found - ahead.value) < NOTHING_MS) return
  ahead.value = Math.abs(found) < NOTHING_MS ? 0 : found
}

/** `fetch`, from whose answers the page learns what time it is. */
export const keepingTime =
  (send: typeof fetch): typeof fetch =>
  async (...asked) => {
    const answer = await send(...asked)
    note(answer.headers)
    return answer
  }
