import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'

export default defineConfig({
  plugins: [
    // Vant's icon font names an outside address as its fallback; the hall loads nothing from outside.
    {
      name: 'nothing-from-outside',
      enforce: 'pre',
      transform: (code, id) =>
        id.includes('/vant/') && id.includes('.css')
          ? code.replace(/,\s*url\((['"]?)(https?:)?\/\/[^)]*\)(\s*format\([^)]*\))?/g, '')
          : null,
    },
    vue(),
    components({ dts: false, dirs: [], resolvers: [VantResolver()] }),
    // Beside each file, for whoever serves them.
    compression({ include: /\.(js|css|svg)$/, threshold: 1024, algorithms: ['gzip', 'brotliCompress'] }),
  ],
  define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    port: 5174,
    strictPort: true,
    proxy: { '/v1': 'http://127.0.0.1:3000' },
  },
})
