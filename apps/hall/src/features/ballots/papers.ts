import { createPapers } from '@tongxin/web'
import { api } from '../../api.ts'

export const papers = createPapers(api)
