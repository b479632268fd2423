import { ref } from 'vue'

/** Whether the tour is shown; its pages, words and pictures are fetched when it is. */
export const tourRuns = ref(false)

const KEY = 'tongxin.toured'
const kept = (): string[] => (localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean)

/** On this device: whoever signs in at another may be shown round once more, at the price of one click. */
export const wasToured = (personId: string): boolean => kept().includes(personId)
export const rememberToured = (personId: string): void => {
  localStorage.setItem(KEY, [...new Set([...kept(), personId])].slice(-20).join(' '))
}
