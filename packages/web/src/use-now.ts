import { onScopeDispose, type Ref, ref, watch } from 'vue'
import { serverNow } from './server-time.ts'

function ticking<Of>(read: () => Of, every: number): Ref<Of> {
  const now = ref(read()) as Ref<Of>
  const look = () => {
    now.value = read()
  }
  const timer = setInterval(look, every)
  // Also when it is learnt that the device's clock is wrong.
  watch(read, look)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** The present moment, once a minute: enough for marks that speak of minutes, hours and days. */
export const useNow = (): Ref<Date> => ticking(serverNow, 60_000)

/** The present moment in milliseconds, every second: for what runs before people's eyes. */
export const useSeconds = (): Ref<number> => ticking(() => serverNow().getTime(), 1_000)
