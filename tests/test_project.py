import re
import stat
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = {"requirements.txt": (), "tests/requirements.txt": ("test",)}


def wanted(extras: tuple[str, ...]) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {plain(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_each_lock_has_all_that_is_needed_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert wanted(LOCKS[lock]) <= {plain(name) for name in pinned}
    assert len(pinned) == len(re.findall("^[a-z].*==", text, re.MULTILINE | re.IGNORECASE))


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_index_or_a_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("aiohttp", "")  # the one package that is named like that
    for trace in ("http", "://", "index-url", "file:", "/work", "/home", "/root"):
        assert trace not in text


def test_the_locks_agree_where_both_name_a_package() -> None:
    pins = [
        dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS
    ]
    assert pins[0].items() <= pins[1].items()


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    stated = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    assert all("#" in line for line in stated.splitlines()[1:] if line.strip().startswith('"'))
    for name in wanted(()):
        assert f"`{name}`" in readme


def test_ci_runs_exactly_the_readmes_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if re.fullmatch(r"python3 .* -m pytest", line)]
    assert len(commands) == 1
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    text = script.read_text(encoding="utf-8")
    pattern = re.search(r"grep -m 1 -E '(.+)' README.md", text)
    assert pattern
    assert re.search(pattern[1], commands[0])
    tools = [
        text.index(tool) for tool in ("$test_command", "ruff check", "ruff format --check", "mypy\n", "lint-imports")
    ]
    assert all(place > 0 for place in tools)


def test_the_readmes_run_command_is_one_line_from_an_empty_environment() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = [line for line in readme.splitlines() if re.fullmatch(r"python3 .* -m bot run", line)]
    assert command.startswith("python3 -m venv .venv && ")
    assert "--require-hashes -r requirements.txt" in command
