import '@tongxin/web/tokens.css'
import './styles/dark.css'
import './styles/base.css'
import './styles/element.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, keptLanguage, speak } from './locales/index.ts'
import { watchConnection } from './offline/connection.ts'
import { router } from './router.ts'

watchConnection()
// Not awaited by the module: a language comes as a file that needs this one, and would wait for it in turn.
void speak(keptLanguage()).then(() => createApp(App).use(createPinia()).use(i18n).use(router).mount('#app'))
