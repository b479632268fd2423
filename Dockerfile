# The same Node and pnpm as scripts/bootstrap.mjs pins.
FROM node:24.21.0-bookworm-slim AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/admin/package.json apps/admin/
COPY apps/api/package.json apps/api/
COPY apps/hall/package.json apps/hall/
COPY packages/client/package.json packages/client/
COPY packages/contract/package.json packages/contract/
COPY packages/evidence/package.json packages/evidence/
COPY packages/lifecycle/package.json packages/lifecycle/
COPY packages/local-postgres/package.json packages/local-postgres/
COPY packages/opinion/package.json packages/opinion/
COPY packages/web/package.json packages/web/
COPY tests/package.json tests/

FROM manifests AS web
RUN npx -y pnpm@12.21.0 install --frozen-lockfile
COPY . .
RUN npm run build

# The workspace keeps its layout: Node strips types from sources, but not from inside node_modules.
FROM manifests AS app
RUN npx -y pnpm@12.21.0 install --frozen-lockfile --prod --filter "@tongxin/api..."
COPY apps/api/src apps/api/src
COPY packages packages
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=16", "apps/api/src/main.ts"]

FROM nginx:1.29-alpine AS front
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY --from=web /app/apps/hall/dist /srv/pages
COPY --from=web /app/apps/admin/dist /srv/pages/admin
