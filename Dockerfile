# The image of web, worker and beat. Build: docker build -t sidakep .
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/prod.txt requirements/prod.txt
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes \
        --only-binary :all: -r requirements/prod.txt
COPY . .
# The key only lets the settings load; it is not kept, and nothing is signed with it.
RUN SECRET_KEY=only-to-collect-static-files DEMO_MODE=1 DATA_DIR=/tmp/build STATIC_ROOT=/app/collected \
        /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /venv/bin/python -m compileall -q /app

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin sidakep \
    && install -d -o sidakep -g sidakep -m 700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0:8000 \
    DATA_DIR=/data \
    SIGN_DIR=/tmp \
    STATIC_ROOT=/app/collected
USER sidakep
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=3 \
    CMD ["python", "scripts/healthcheck.py", "web"]
ENTRYPOINT ["scripts/serve"]
CMD ["web"]
