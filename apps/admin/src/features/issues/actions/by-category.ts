import type { Category, IssueDetail } from '@tongxin/contract'
import type { Values } from '@tongxin/web'

/** How matters of a category are taken up. What the raiser said cannot wait stays so, and what is private never comes before the council. */
const defaultsOf = (category: Category | undefined, { urgency, visibility }: IssueDetail) => ({
  urgency: urgency === 'emergency' || urgency === 'urgent' ? urgency : (category?.defaultUrgency ?? urgency),
  route: visibility === 'private' ? 'direct' : (category?.defaultRoute ?? null),
})

/** The form once its category is this in place of the one before: urgency and route go with it, as far as nobody chose otherwise. */
export function withCategory(
  values: Values,
  category: Category | undefined,
  before: Category | undefined,
  issue: IssueDetail,
): Values {
  const [was, is] = [defaultsOf(before, issue), defaultsOf(category, issue)]
  const follow = (name: 'urgency' | 'route') =>
    (values[name] ?? was[name]) === was[name] ? (is[name] ?? undefined) : values[name]
  return { ...values, urgency: follow('urgency'), route: follow('route') }
}
