# connlint, and the Git that `--new-since` asks, for pipelines that run in containers:
# docker run --rm --volume "$PWD:/site" IMAGE check docs
FROM rust:1-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --locked --profile dist

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="connlint" \
      org.opencontainers.image.description="A linter and validator for connector guides and connector configuration files" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    # The site belongs to another user than the one in the container.
    && git config --system --add safe.directory '*'
COPY --from=build /source/target/dist/connlint /usr/local/bin/connlint
# An unprivileged user: `nobody`.
USER 65534
WORKDIR /site
ENTRYPOINT ["connlint"]
CMD ["--help"]
