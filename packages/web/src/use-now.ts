import { onScopeDispose, type Ref, ref } from 'vue'

/** The present moment, once a minute: enough for marks that speak of minutes, hours and days. */
export function useNow(): Ref<Date> {
  const now = ref(new Date())
  const timer = setInterval(() => {
    now.value = new Date()
  }, 60_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
