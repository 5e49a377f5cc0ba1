# The portal as one image for web server and worker. Build: docker build -t portal:local .
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY portal ./portal
COPY templates ./templates
COPY static ./static
COPY migrations ./migrations
RUN python -m venv /portal && /portal/bin/pip install --no-cache-dir -c constraints.txt '.[postgres]'

FROM python:3.11-slim
COPY --from=build /portal /portal
# The same user everywhere: what one container writes, the others can read.
RUN useradd --uid 10001 --no-create-home portal && install -d -o portal -g portal /var/lib/portal
ENV PATH=/portal/bin:$PATH PYTHONUNBUFFERED=1 PORTAL_INSTANCE_PATH=/var/lib/portal
USER portal
EXPOSE 8000
CMD ["portal", "run", "--host", "0.0.0.0"]
