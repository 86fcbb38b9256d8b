"""A run that is killed goes on, and gives what an undisturbed run gives. ``tests/bench/stress_batch.py`` does more of it."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gouji.batches import batch
from gouji.batches.journal import InputRecord, Journal, JournalError
from gouji.batches.result import failure
from gouji.datasets.dataset import open_dataset
from gouji.datasets.export import export
from tests.unit.batches.conftest import write_reports

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    code = "import sys; from gouji.batches import batch; batch(sys.argv[1], sys.argv[2], workers=2)"
    source = str(Path(__file__).parents[3] / "src")
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(out)],
        env={**os.environ, "PYTHONPATH": source},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def exported(out: Path, into: Path) -> dict[str, bytes]:
    with open_dataset(out) as dataset:
        return {path.name: path.read_bytes() for path in export(dataset, to="csv", out=into)}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", html=8, text=2)
    batch(folder, tmp_path / "calm", workers=1).close()
    rng = random.Random(7)
    for _ in range(3):
        process = start(folder, tmp_path / "out")
        time.sleep(rng.uniform(0.3, 1.5))
        process.kill()
        process.wait()
    with batch(folder, tmp_path / "out", workers=2) as dataset:
        assert dataset.count("documents") == 10
    assert exported(tmp_path / "out", tmp_path / "1") == exported(tmp_path / "calm", tmp_path / "2")


def test_interrupted_from_the_keyboard(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", html=120, text=0)
    process = start(folder, tmp_path / "out")
    journal = tmp_path / "out" / "journal.sqlite"
    while not journal.exists():
        time.sleep(0.01)
    time.sleep(0.3)  # far less than 120 reports take on any machine
    process.send_signal(signal.SIGINT)
    assert process.wait(20) != 0
    with Journal(tmp_path / "out") as found:
        assert not found.finished


def test_the_workers_of_a_killed_run_end(tmp_path: Path) -> None:
    process = start(write_reports(tmp_path / "in", html=40, text=0), tmp_path / "out")
    workers: list[int] = []
    deadline = time.monotonic() + 20
    while not workers and time.monotonic() < deadline:
        time.sleep(0.05)
        workers = children(process.pid)
    process.kill()
    process.wait()
    while any(is_running(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert workers
    assert not any(is_running(pid) for pid in workers)


def test_the_building_of_a_killed_run_ends(tmp_path: Path) -> None:
    with Journal(tmp_path):  # the builder waits for it
        process = subprocess.Popen(
            [sys.executable, "-m", "gouji.batches.assemble", json.dumps({"folder": str(tmp_path), "parser": "1"})],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process.stdin.close()  # type: ignore[union-attr] # as when its master is killed
        process.stdin = None
        assert process.communicate(timeout=20)[1] == b""
    assert process.returncode == 1


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.begin()
        result = failure("BATCH-ERROR", "x" * 100)
        journal.add_result("first", result, limits=(1.0,))
        journal.add_input(InputRecord(path="first", key="first", sha256="", size=0))
        journal.commit()
        pages = journal.store.execute("PRAGMA page_count").fetchone()[0]
        journal.store.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalError, match="full"):
            write_much(journal)
        journal.store.execute(f"PRAGMA max_page_count = {pages + 10000}")
        if not journal.store.in_transaction:
            journal.store.execute("BEGIN")
    with Journal(tmp_path) as journal:
        assert journal.find("first") is not None
        assert not journal.finished


def write_much(journal: Journal) -> None:
    for number in range(1000):
        journal.add_result(str(number), failure("BATCH-ERROR", os.urandom(4000).hex()), limits=(1.0,))


def test_a_failure_by_a_limit_is_tried_again_when_the_limit_changes(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.begin()
        journal.add_result("k", failure("BATCH-TIME", "slow"), limits=(1.0, 2.0))
        journal.add_input(InputRecord(path="a.html", key="k", sha256="", size=0))
        journal.add_input(InputRecord(path="a.zip!x", key="k", sha256="", size=0))
        assert journal.known_keys("a.html", limits=(1.0, 2.0)) == {"a.html": "k"}
        assert journal.known_keys("a.zip", limits=(1.0, 2.0)) == {"a.zip!x": "k"}
        assert journal.known_keys("a.html", limits=(9.0, 2.0)) == {}


def test_a_journal_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.begin()
    store = sqlite3.connect(tmp_path / "journal.sqlite")
    store.execute("PRAGMA user_version = 99")
    store.execute("ALTER TABLE results ADD COLUMN more TEXT")
    store.commit()
    store.close()
    with Journal(tmp_path) as journal:
        assert journal.run == 0
