import { onScopeDispose, type Ref, ref } from 'vue'

/** The present moment in milliseconds, every second: for what runs before people's eyes. */
export function useSeconds(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => {
    now.value = Date.now()
  }, 1_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
