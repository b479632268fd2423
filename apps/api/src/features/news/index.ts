export { serveNews } from './news.routes.ts'
