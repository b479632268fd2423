import { type CSSProperties, computed, onBeforeUnmount, onMounted, type Ref, shallowRef, watch } from 'vue'
import { beside } from '../appearance/beside.ts'

/** What is not there by then is nothing that this person has. */
const MISSED_AFTER_MS = 5_000
const AROUND = 6
const EDGE = 16

/** Of what is longer than a window its beginning is shown, so that the card has room. */
const MOST_OF_IT = 0.45

interface Box {
  top: number
  left: number
  width: number
  height: number
}

const onScreen = ({ left, right, width }: DOMRect) => width > 0 && right > 0 && left < innerWidth
const find = (selectors: string): Element | undefined =>
  selectors
    .split(', ')
    .flatMap((each) => [...document.querySelectorAll(each)])
    .find((each) => each.checkVisibility() && onScreen(each.getBoundingClientRect()))

const bringIntoView = (found: Element) => {
  const isLong = found.getBoundingClientRect().height > innerHeight * MOST_OF_IT
  found.scrollIntoView({ block: isLong ? 'start' : 'center' })
  // From under the bar that stays at the top.
  if (isLong) scrollBy(0, -innerHeight * 0.2)
}

/**
 * Follows the thing that a step points at, as it comes, moves and scrolls, with the card beside it.
 * @param missed called once where nothing such comes
 */
export function useTarget(
  selectors: () => string | undefined,
  card: Readonly<Ref<HTMLElement | null>>,
  missed: () => void,
) {
  const box = shallowRef<Box | null>(null)
  const size = shallowRef({ width: 0, height: 0 })
  const view = shallowRef({ width: innerWidth, height: innerHeight })
  let shownTo: Element | undefined
  let since = performance.now()
  let frame = 0

  const keep = <Of extends object>(held: Ref<Of | null>, now: Of | null) => {
    if (JSON.stringify(held.value) !== JSON.stringify(now)) held.value = now
  }
  const look = () => {
    frame = requestAnimationFrame(look)
    const wanted = selectors()
    if (wanted === undefined) return
    const found = find(wanted)
    if (found && found !== shownTo) bringIntoView(found)
    shownTo = found
    const at = found?.getBoundingClientRect()
    const shown = at && {
      top: at.top - AROUND,
      left: Math.max(0, at.left) - AROUND,
      width: at.width + 2 * AROUND,
      height: Math.min(at.height, innerHeight * MOST_OF_IT) + 2 * AROUND,
    }
    keep(box, shown ?? null)
    keep(view as Ref<object | null>, { width: innerWidth, height: innerHeight })
    if (card.value) keep(size as Ref<object | null>, { width: card.value.offsetWidth, height: card.value.offsetHeight })
    if (!found && performance.now() - since > MISSED_AFTER_MS) {
      since = performance.now()
      missed()
    }
  }
  watch(selectors, () => {
    since = performance.now()
    shownTo = undefined
    box.value = null
  })
  onMounted(look)
  onBeforeUnmount(() => cancelAnimationFrame(frame))

  const px = (value: number) => `${Math.round(value)}px`
  const hole = computed<CSSProperties | null>(
    () =>
      box.value && {
        top: px(box.value.top),
        left: px(box.value.left),
        width: px(box.value.width),
        height: px(box.value.height),
      },
  )
  const place = computed<CSSProperties>(() => {
    const to = box.value
      ? beside(box.value, size.value, view.value)
      : { left: (view.value.width - size.value.width) / 2, top: (view.value.height - size.value.height) / 2 }
    return { left: px(Math.max(EDGE, to.left)), top: px(to.top) }
  })
  return { hole, place }
}
