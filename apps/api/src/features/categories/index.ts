import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { applyCategoryChange } from './change-category.ts'

export { serveCategories } from './categories.routes.ts'
export { changeCategory } from './change-category.ts'

export const applyCategoryChangeJob = async (deps: Deps, change: { code: string; version: number }): Promise<void> => {
  await inTransaction(deps.pool, (tx) => applyCategoryChange(tx, change, deps.clock.now()))
}
