export { serveCategories } from './categories.routes.ts'
