import { effectScope, type Ref, ref, watch } from 'vue'

/**
 * One of a few ways to show the page, kept in this browser under `key` and the same for the whole page: `apply` is run at once, and at
 * every change. What is kept and is no choice (any more) counts as the first one.
 */
export function keptChoice<Choice extends string>(
  key: string,
  choices: readonly [Choice, ...Choice[]],
  apply: (choice: Choice) => void = () => undefined,
): () => Ref<Choice> {
  let chosen: Ref<Choice> | undefined
  return () => {
    if (chosen) return chosen
    const kept = localStorage.getItem(key)
    const choice = ref(choices.find((each) => each === kept) ?? choices[0]) as Ref<Choice>
    // Of no component: it lives as long as the page, whoever asks first.
    effectScope(true).run(() =>
      watch(
        choice,
        (now, before) => {
          apply(now)
          if (before !== undefined) localStorage.setItem(key, now)
        },
        { immediate: true },
      ),
    )
    chosen = choice
    return choice
  }
}
