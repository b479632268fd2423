export { findCategory } from './categories.queries.ts'
export { serveCategories } from './categories.routes.ts'
