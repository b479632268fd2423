import { onScopeDispose, type Ref, ref } from 'vue'

/** Whether anybody can see the page: false while its tab is behind others. */
export function useShown(): Ref<boolean> {
  const shown = ref(document.visibilityState === 'visible')
  const look = () => {
    shown.value = document.visibilityState === 'visible'
  }
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => document.removeEventListener('visibilitychange', look))
  return shown
}
