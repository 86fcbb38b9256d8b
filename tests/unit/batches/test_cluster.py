"""The same batch on a real Dask cluster of two worker processes, one of which is killed on the way."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from gouji.batches import batch, cluster
from gouji.batches.run import Run
from gouji.errors import GoujiError
from tests.unit.batches.conftest import write_reports
from tests.unit.batches.test_kills import exported

distributed = pytest.importorskip("distributed")

# Dask's own machinery, when a worker is killed and when the cluster is closed
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::RuntimeWarning"),
    pytest.mark.slow,
]


def worker_pids(client: Any) -> list[int]:
    return list(client.run(os.getpid).values())


def test_a_cluster_gives_the_same_also_when_a_worker_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CHUNK", 2)
    folder = write_reports(tmp_path / "in", html=14, text=2)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    batch(folder, tmp_path / "calm", workers=1).close()
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        with distributed.Client(local) as client:
            pids = worker_pids(client)
        killer = threading.Thread(target=kill_when_busy, args=(pids[0], tmp_path / "out"))
        killer.start()
        with batch(folder, tmp_path / "out", dask=local.scheduler_address) as dataset:
            assert dataset.count("documents") == 17
        killer.join()
        assert not is_alive(pids[0])
        with batch(folder, tmp_path / "out", dask=local.scheduler_address) as dataset:  # nothing left to parse
            assert dataset.count("documents") == 17
    assert not (tmp_path / "out" / "parts").exists()
    assert exported(tmp_path / "out", tmp_path / "1") == exported(tmp_path / "calm", tmp_path / "2")


def kill_when_busy(pid: int, out: Path) -> None:
    """Kill a worker once the first part is being written or gathered."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not list((out / "parts").glob("*")):
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_reports(tmp_path / "in", html=1, text=0)
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    with pytest.raises(GoujiError, match="cannot reach"):
        batch(folder, tmp_path / "out", dask="tcp://127.0.0.1:9")


def test_parts_left_behind_are_used(tmp_path: Path) -> None:
    from gouji.batches.journal import Journal
    from gouji.batches.progress import Tally
    from gouji.batches.settings import Settings

    folder = write_reports(tmp_path / "in", html=2, text=0)
    out = tmp_path / "out"
    (out / "parts").mkdir(parents=True)
    with Journal(out) as journal:
        journal.begin()
        files = [str(path) for path in sorted(folder.iterdir())]
        run = Run(lambda: iter(files), journal=journal, settings=Settings(), force=False, tally=Tally(), show=print)
        (task,) = cluster.make_tasks(run, parts=out / "parts")
        part = Path(cluster.do_task(task))
        assert len(cluster.read_part(part)) == 2
        cluster.gather_left_behind(journal, parts=out / "parts")
        assert not part.exists()
    with batch(folder, out, workers=1) as dataset:
        assert dataset.rows("SELECT DISTINCT status FROM documents") == [("ok",)]
