import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** The page is there, and nothing is being read any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator('main :is(.waiting[role=status], [aria-busy=true])').first().waitFor({ state: 'detached' })
}

const addresses = async (page: Page, links: string): Promise<string[]> => {
  const found = await page.locator(links).evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  return found.filter((href) => href.startsWith('/admin/'))
}

/** Of pages that differ by what they show alone, one: `/admin/people/<id>`. */
export const shapeOf = (address: string) =>
  address.replaceAll(/(\d{12}-)?[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replaceAll(/\d{6,}(B\d+)?/g, ':code')

/**
 * Every page that somebody signed in to the console is led to: those of the side bar, and those that these and others lead to in their
 * middle, one of each kind.
 */
export async function* everyPage(page: Page): AsyncGenerator<string, undefined> {
  await page.goto('/admin/')
  await settled(page)
  const queue = await addresses(page, 'nav a[href]')
  const seen = new Set<string>()
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const address = next.split(/[?#]/)[0] ?? next
    if (seen.has(shapeOf(address))) continue
    seen.add(shapeOf(address))
    await page.goto(next)
    await settled(page)
    yield address
    queue.push(...(await addresses(page, 'main a[href]')))
  }
  return undefined
}

/**
 * Whether the page as it stands has to be pushed sideways: what is wide in it scrolls by itself. What is drawn by measure, as charts are,
 * follows its window a moment later.
 */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(async () => {
    const isWide = () => document.documentElement.scrollWidth > innerWidth
    for (let looked = 0; looked < 20 && isWide(); looked++) await new Promise((again) => setTimeout(again, 50))
    return isWide()
  })()`)

/** The same in the largest type that the console offers. */
export async function isTooWideInLargeType(page: Page): Promise<boolean> {
  const scale = (to: number) => page.evaluate(`document.documentElement.style.setProperty('--text-scale', '${to}')`)
  await scale(1.45)
  const wide = await isTooWide(page)
  await scale(1)
  return wide
}

/** How high the console's top bar stands in a window of each of these widths: all the same where it keeps to one row. */
export async function barHeights(page: Page, ...widths: number[]): Promise<number[]> {
  const heights: number[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    heights.push(await page.locator('header.bar').evaluate((bar) => bar.offsetHeight))
  }
  return heights
}

interface Violation {
  id: string
  impact: string | null
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/** What axe calls serious or critical on the page as it stands, or within `at` alone: a line for each rule with the first place. */
export async function accessFaults(page: Page, at = 'html'): Promise<string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate<Violation[]>(
    `axe.run('${at}', { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((found) => found.violations)`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}): ${JSON.stringify(nodes[0]?.target)} ${nodes[0]?.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    )
}
