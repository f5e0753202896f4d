# The server in a container, as a user of its own. Everything it keeps is below /var/lib/steadfast: give it a volume.
#
#   docker build -t steadfast .
#   docker run -v steadfast:/var/lib/steadfast -p 127.0.0.1:7373:7373 steadfast
#
# The key file lies beside the database unless STEADFAST_KEY names another; docs/operate.md says why it should.

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev
WORKDIR /build
COPY . .
RUN cargo build --release --locked --package steadfast-cli

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 7373 --home-dir /var/lib/steadfast --create-home steadfast \
    && chmod 700 /var/lib/steadfast
COPY --from=build /build/target/release/steadfast /usr/local/bin/steadfast
COPY --from=build /build/LICENSE /usr/share/doc/steadfast/LICENSE
USER steadfast
WORKDIR /var/lib/steadfast
VOLUME /var/lib/steadfast
# Within the container; what reaches it from outside is what is published, and that should be a proxy that encrypts.
ENV STEADFAST_LISTEN=0.0.0.0:7373
EXPOSE 7373
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["steadfast", "doctor", "--ready"]
ENTRYPOINT ["steadfast"]
CMD ["serve"]
