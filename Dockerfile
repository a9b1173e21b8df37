# One image for the four services, and the gateway with the built page. Nothing is fetched after the build.
FROM denoland/deno:2.9.6 AS build
WORKDIR /app
ENV DENO_DIR=/deno-dir
COPY deno.json deno.lock ./
COPY services/dashboard/page/deno.json services/dashboard/page/
COPY mod.ts ./
COPY analytics analytics
COPY client client
COPY services services
COPY deploy deploy
RUN deno task --quiet dashboard \
  && deno install --frozen --entrypoint services/*/main.ts services/standalone.ts deploy/*.ts \
  && deno run --cached-only --allow-read --allow-write=/site,/tmp --allow-env deploy/export_site.ts /site

FROM caddy:2.10.2-alpine AS gateway
COPY deploy/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /site /srv

FROM denoland/deno:2.9.6 AS service
WORKDIR /app
ENV DENO_DIR=/deno-dir DENO_NO_UPDATE_CHECK=1
COPY --from=build /deno-dir /deno-dir
COPY --from=build /app /app
# A user of the base image who owns nothing here; the root is read-only besides, in docker-compose.yml.
USER deno
ENTRYPOINT ["deno", "run", "--cached-only", "--quiet", "--no-prompt", "--v8-flags=--max-semi-space-size=16", "--preload=services/shared/runtime/preload.ts"]
