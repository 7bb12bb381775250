# One image for every Airflow process; the same lock as `make run`.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=0 \
    UV_COMPILE_BYTECODE=1 \
    VIRTUAL_ENV=/opt/bienban/.venv \
    PATH=/opt/bienban/.venv/bin:$PATH \
    BIENBAN_PROJECT=/opt/bienban \
    BIENBAN_HOME=/var/lib/bienban

WORKDIR /opt/bienban

# The environment first: it changes less often than the code.
COPY tools/bootstrap.py tools/bootstrap.py
COPY requirements.lock pyproject.toml README.md ./
COPY src/bienban/__init__.py src/bienban/__init__.py
RUN python tools/bootstrap.py install

COPY src src
COPY dags dags
COPY dbt_project dbt_project
COPY expectations expectations

RUN useradd --system --uid 50000 --home-dir /var/lib/bienban --create-home bienban
USER 50000
VOLUME /var/lib/bienban

ENTRYPOINT ["python", "-m", "bienban.stack"]
CMD ["status"]
