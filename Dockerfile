# connlint, and the Git that `--new-since` asks, for pipelines that run in containers.
FROM rust:1-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --locked --profile dist

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    # The site belongs to another user than the one in here.
    && git config --system --add safe.directory '*'
COPY --from=build /source/target/dist/connlint /usr/local/bin/connlint
# Nobody.
USER 65534
WORKDIR /site
CMD ["connlint", "--help"]
