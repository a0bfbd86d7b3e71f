"""Settings refuse an unsafe production installation and pass Django's own deployment check."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import BASE_DIR

pytestmark = pytest.mark.house

PRODUCTION = {
    "PANO_ENV": "production",
    "SECRET_KEY": "q7!" * 20 + "abcdefgh",
    "DATABASE_URL": "sqlite://:memory:",
    "ALLOWED_HOSTS": "pano.example",
    "PANO_BASE_URL": "https://pano.example",
}
ASK = "import json, config.settings as s; print(json.dumps({name: getattr(s, name) for name in %r}, default=str))"


def start(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def ask(environment: dict[str, str], *names: str) -> dict[str, object]:
    done = start(["-c", ASK % (names,)], environment)
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "PANO_BASE_URL"])
def test_production_names_what_it_lacks(missing: str) -> None:
    done = start(["-c", "import config.settings"], {key: value for key, value in PRODUCTION.items() if key != missing})
    assert f"PANO_ENV=production needs {missing}; see docs/production.md." in done.stderr


def test_an_unknown_kind_of_installation_is_refused() -> None:
    done = start(["-c", "import config.settings"], {"PANO_ENV": "prod"})
    assert "PANO_ENV is 'prod'; allowed: demo, production, test." in done.stderr


def test_production_passes_djangos_deployment_check(tmp_path: Path) -> None:
    done = start(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION | {"PANO_VAR": str(tmp_path)}
    )
    # HSTS for subdomains and preloading are the domain owner's decision.
    known = {"security.W005", "security.W021"}
    warned = {word.strip("()?:") for word in done.stderr.split() if "security.W" in word}
    assert (warned - known, "ERROR" in done.stderr) == (set(), False), done.stderr


def test_production_has_no_demo_password(tmp_path: Path) -> None:
    environment = PRODUCTION | {"PANO_VAR": str(tmp_path), "PANO_DEMO_PASSWORD": "x", "PANO_DEBUG": "1"}
    assert ask(environment, "PANO_DEMO_PASSWORD", "DEBUG", "SESSION_COOKIE_SECURE") == {
        "PANO_DEMO_PASSWORD": None,
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
    }


def test_a_tile_server_is_allowed_in_the_policy(tmp_path: Path) -> None:
    environment = {"PANO_VAR": str(tmp_path), "MAP_TILE_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png"}
    policy = ask(environment, "CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]
    assert isinstance(policy, dict)
    assert policy["DIRECTIVES"]["img-src"] == ["'self'", "data:", "https://*.tiles.example"]


def test_a_demo_open_to_the_network_answers_to_any_name(tmp_path: Path) -> None:
    assert ask({"PANO_VAR": str(tmp_path), "HOST": "0.0.0.0"}, "ALLOWED_HOSTS") == {"ALLOWED_HOSTS": ["*"]}  # noqa: S104 -- a setting, nothing is bound
