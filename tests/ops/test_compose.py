"""docker-compose.yml and Dockerfile, proved without an engine: their form, and the same processes by hand."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import jsonschema
import pytest
import yaml

from tests.ops.harness import ROOT, Background, base_environment, call, free_port, wait_for

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")

duration = {"type": "string", "pattern": r"^\d+(ms|s|m)$"}
SCHEMA = {
    "type": "object",
    "required": ["services", "volumes"],
    "additionalProperties": False,
    "patternProperties": {"^x-": {}},
    "properties": {
        "volumes": {"type": "object", "additionalProperties": {"type": "null"}},
        "services": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["image", "restart", "healthcheck"],
                "additionalProperties": False,
                "properties": {
                    "image": {"type": "string"},
                    "build": {"type": "string"},
                    "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
                    "init": {"type": "boolean"},
                    "read_only": {"type": "boolean"},
                    "tmpfs": {"type": "array", "items": {"type": "string"}},
                    "cap_drop": {"type": "array", "items": {"type": "string"}},
                    "security_opt": {"type": "array", "items": {"type": "string"}},
                    "volumes": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+:/"}},
                    "ports": {"type": "array", "items": {"type": "string"}},
                    "command": {"type": "array", "items": {"type": "string"}},
                    "stop_grace_period": duration,
                    "environment": {"type": "object", "additionalProperties": {"type": "string"}},
                    "depends_on": {
                        "type": "object",
                        "additionalProperties": {
                            "type": "object",
                            "required": ["condition"],
                            "additionalProperties": False,
                            "properties": {
                                "condition": {"enum": ["service_healthy", "service_completed_successfully"]}
                            },
                        },
                    },
                    "healthcheck": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "test": {"type": "array", "items": {"type": "string"}, "minItems": 2},
                            "disable": {"const": True},
                            "interval": duration,
                            "timeout": duration,
                            "start_period": duration,
                            "retries": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


def interpolate(text: str, values: dict[str, str]) -> str:
    """Fill ${NAME}, ${NAME:-default} and ${NAME:?message} the way Compose does; $$ is a dollar."""

    def fill(match: re.Match) -> str:
        if match[0] == "$$":
            return "$"
        name, how, rest = match["name"], match["how"], match["rest"]
        if values.get(name):
            return values[name]
        if how == "?":
            raise LookupError(f"{name}: {rest}")
        return rest or ""

    return re.sub(r"\$\$|\$\{(?P<name>[A-Z_]+)(?::(?P<how>[-?])(?P<rest>[^}]*))?\}", fill, text)


def dockerfile() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, continuation lines joined, comments gone."""
    text = "\n".join(
        x for x in (ROOT / "Dockerfile").read_text().splitlines() if not x.lstrip().startswith("#")
    )
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def test_the_file_has_the_form_of_a_compose_file():
    jsonschema.validate(COMPOSE, SCHEMA)
    assert set(SERVICES) == {*OURS, "postgres", "redis"}


def test_the_schema_refuses_a_mistake():
    broken = {**COMPOSE, "services": {**SERVICES, "web": {**SERVICES["web"], "helthcheck": {}}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_each_service_waits_for_services_that_can_tell_their_state():
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            check = SERVICES[other]["healthcheck"]
            if how["condition"] == "service_healthy":
                assert check.get("test"), f"{name} waits for the health of {other}, which has none"
            else:
                assert SERVICES[other]["restart"] == "no", f"{name} waits for the end of {other}"
    assert all("test" in SERVICES[name]["healthcheck"] for name in SERVICES if name != "migrate")


def test_volumes_and_commands_exist():
    for service in SERVICES.values():
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(COMPOSE["volumes"])
    serve = (ROOT / "scripts/serve").read_text()
    for name in OURS:
        assert SERVICES[name]["command"] == [name]
        assert f"    {name})" in serve
    assert os.access(ROOT / "scripts/serve", os.X_OK)


def test_no_secret_stands_in_the_files_and_a_missing_one_stops_the_start():
    secret = re.compile(r"SECRET|KEY|PASSWORD|TOKEN|EMAIL_URL")
    for service in SERVICES.values():
        for name, value in service["environment"].items() if "environment" in service else ():
            if secret.search(name):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]+\}", value), name
                with pytest.raises(LookupError):
                    interpolate(value, {})
    for line in (ROOT / ".env.example").read_text().splitlines():
        if secret.search(line.partition("=")[0]) and not line.startswith("#"):
            assert line.partition("=")[2] in ("", "1:"), line


def test_our_services_run_unprivileged_on_a_read_only_root():
    for name in OURS:
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert SERVICES["web"]["ports"] == ["${BIND_ADDRESS:-127.0.0.1}:${WEB_PORT:-8000}:8000"]


def test_the_image_has_two_stages_a_user_a_health_check_and_the_locked_requirements():
    steps = dockerfile()
    froms = [index for index, (word, _) in enumerate(steps) if word == "FROM"]
    assert len(froms) == 2
    assert all(steps[index][1].startswith("python:3.13-slim") for index in froms)
    last = steps[froms[1] :]
    users = [rest for word, rest in last if word == "USER"]
    assert users == ["sidakep"]
    assert any("useradd --system --uid 10001" in rest for word, rest in last if word == "RUN")
    assert any(word == "HEALTHCHECK" and "scripts/healthcheck.py" in rest for word, rest in last)
    build = " ".join(rest for word, rest in steps[: froms[1]] if word == "RUN")
    assert "--require-hashes" in build
    assert "--only-binary :all:" in build
    assert not [word for word, _ in steps if word == "ADD"]
    assert ("ENTRYPOINT", '["scripts/serve"]') in last


def test_what_is_private_or_large_stays_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env", "var", "tests"} <= set(ignored)


# --- the same processes by hand -------------------------------------------------------------------------------------

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
VALUES = {
    "SECRET_KEY": "only-for-this-test-" + "x7Qz" * 12,
    "PERSONAL_DATA_KEYS": f"1:{KEY}",
    "BLIND_INDEX_KEY": KEY[::-1].lstrip("=") + "=",
    "CARD_SIGNING_KEY": KEY,
    "ALLOWED_HOSTS": "disnaker.contoh.go.id",
    "SITE_URL": "https://disnaker.contoh.go.id",
    "POSTGRES_PASSWORD": "unused",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DEFAULT_FROM_EMAIL": "disnaker@contoh.go.id",
}


class Installation:
    """The services of the compose file as processes of this machine: same commands, same environment."""

    def __init__(self, folder: Path, database: str, redis_port: int) -> None:
        """Use this scratch folder, the address of an empty database, and a Redis of our own."""
        self.folder, self.database, self.redis_port = folder, database, redis_port
        self.port = free_port()
        self.processes: dict[str, Background] = {}
        (folder / "data").mkdir()

    def environment(self, service: str) -> dict[str, str]:
        """The image's ENV, then the service's, with hosts, ports and folders of this machine."""
        image = dict(
            pair.split("=", 1)
            for word, rest in dockerfile()
            if word == "ENV"
            for pair in rest.split()
            if not pair.startswith("PATH=")
        )
        given = {k: interpolate(v, VALUES) for k, v in SERVICES[service]["environment"].items()}
        assert urlsplit(given["DATABASE_URL"]).hostname == "postgres"
        for name in ("REDIS_URL", "CACHE_URL"):
            given[name] = given[name].replace("redis:6379", f"127.0.0.1:{self.redis_port}")
        (self.folder / service).mkdir(exist_ok=True)
        return {
            **base_environment(),
            **image,
            **given,
            "DATABASE_URL": self.database,
            "BIND": f"127.0.0.1:{self.port}",
            "DATA_DIR": str(self.folder / "data"),
            "SIGN_DIR": str(self.folder / service),
            "STATIC_ROOT": str(self.folder / "static"),
            "DJANGO_SETTINGS_MODULE": "tests.ops.settings",
            "SWEEP_SECONDS": "1",
        }

    def command(self, service: str) -> list[str]:
        """What the container would execute."""
        return ["scripts/serve", *SERVICES[service]["command"]]

    def start(self, service: str) -> Background:
        """Start a service in the background."""
        process = Background(self.command(service), self.environment(service), self.folder / f"{service}.log")
        self.processes[service] = process
        return process

    def healthy(self, service: str) -> bool:
        """Run the very health check of the compose file."""
        kind, *command = SERVICES[service]["healthcheck"]["test"]
        assert kind == "CMD"
        done = subprocess.run(command, cwd=ROOT, env=self.environment(service), capture_output=True)
        return done.returncode == 0

    def manage(self, *arguments: str) -> str:
        """Run a management command in the web service's environment."""
        return call(["python", "manage.py", *arguments], self.environment("web"))

    def enqueue(self, kind: str, count: int) -> list[int]:
        """Enqueue jobs from another process; returns their numbers."""
        said = call(["python", "-m", "tests.ops.slow.enqueue", kind, str(count)], self.environment("web"))
        return [int(number) for number in said.split()]

    def ask(self, statement: str, *values):
        """One row from the database."""
        import psycopg

        with psycopg.connect(self.database) as link:
            return link.execute(statement, values).fetchone()

    def drawn(self) -> int:
        """How many numbers the jobs have drawn: their effect."""
        row = self.ask("SELECT last FROM core_counter WHERE series = 'ops-test'")
        return row[0] if row else 0

    def done(self, numbers: list[int]) -> bool:
        """Whether these jobs are all done."""
        count = self.ask("SELECT count(*) FROM core_job WHERE state = 'DONE' AND id = ANY(%s)", numbers)[0]
        return count == len(numbers)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A migrated, running installation: web, worker, beat, a database and a Redis of its own."""
    import psycopg

    folder = tmp_path_factory.mktemp("installation")
    server = os.environ["DATABASE_URL"]
    name = f"sidakep_ops_{os.getpid()}"
    redis_port = free_port()
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    command = [*SERVICES["redis"]["command"], "--port", str(redis_port), "--dir", str(folder)]
    redis = Background(command, base_environment(), folder / "redis.log")
    here = Installation(folder, urlunsplit(urlsplit(server)._replace(path=f"/{name}")), redis_port)
    try:
        wait_for(
            lambda: (
                subprocess.run(["redis-cli", "-p", str(redis_port), "ping"], capture_output=True).returncode
                == 0
            ),
            seconds=20,
            told=redis.said,
        )
        collect = "python manage.py collectstatic --noinput --verbosity 0"
        assert any(f"/venv/bin/{collect}" in rest for word, rest in dockerfile() if word == "RUN")
        call(collect.split(), here.environment("web"))
        call(here.command("migrate"), here.environment("migrate"))
        for service in ("web", "worker", "beat"):
            here.start(service)
        for service in ("web", "worker", "beat"):
            wait_for(lambda s=service: here.healthy(s), seconds=60, told=here.processes[service].said)
        yield here
    finally:
        codes = {name: process.end() for name, process in here.processes.items()}
        redis.end()
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        assert codes.get("web", 0) == 0, "web did not stop cleanly"


slow = pytest.mark.slow
servers = [pytest.mark.postgres, pytest.mark.redis, slow, pytest.mark.xdist_group("installation")]


class TestByHand:
    """One installation for all of these tests, in this order."""

    pytestmark = servers

    def test_it_is_ready_and_answers_only_under_its_own_name(self, installation):
        import json
        import urllib.error
        import urllib.request

        def get(path: str, **headers):
            url = f"http://127.0.0.1:{installation.port}{path}"
            try:
                with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
                    return answer.status, answer.headers, answer.read()
            except urllib.error.HTTPError as problem:
                return problem.code, problem.headers, problem.read()

        status, _, body = get("/readyz", Host="disnaker.contoh.go.id")
        assert (status, set(json.loads(body).values())) == (200, {"ok"})
        assert get("/healthz", Host="jahat.contoh")[0] == 400
        status, headers, _ = get("/tidak-ada", Host="disnaker.contoh.go.id", **{"X-Forwarded-Proto": "https"})
        assert status in (302, 404)
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "max-age" in headers["Strict-Transport-Security"]
        assert headers["Permissions-Policy"]

    def test_the_deployment_check_passes(self, installation):
        installation.manage("check", "--deploy", "--fail-level", "WARNING")

    def test_the_worker_works_off_every_job_once(self, installation):
        before = installation.drawn()
        numbers = installation.enqueue("ops.quick", 60)
        worker = installation.processes["worker"]
        wait_for(lambda: installation.done(numbers), seconds=60, told=worker.said)
        assert installation.drawn() == before + 60

    def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing_and_doubles_nothing(self, installation):
        before = installation.drawn()
        (number,) = installation.enqueue("ops.slow", 1)
        mark = installation.folder / "data" / f"hanging-{number}"
        wait_for(mark.exists, seconds=30, told=installation.processes["worker"].said)
        installation.processes["worker"].kill()
        assert not installation.done([number])
        installation.start("worker")
        wait_for(lambda: installation.done([number]), seconds=60, told=installation.processes["worker"].said)
        assert installation.ask("SELECT attempts FROM core_job WHERE id = %s", number) == (2,)
        assert installation.drawn() == before + 1

    def test_the_health_check_notices_a_stopped_worker(self, installation):
        installation.processes["worker"].end()
        assert not installation.healthy("worker")
        installation.start("worker")
        wait_for(
            lambda: installation.healthy("worker"), seconds=30, told=installation.processes["worker"].said
        )
