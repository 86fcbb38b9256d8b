"""A worker whose parser does what the content says: crash, hang, eat memory. For tests of the pool."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from gouji import pipeline
from gouji.batches import worker
from gouji.model.report import Report

parse = pipeline.parse_bytes


def strange(data: bytes, **options: Any) -> Report:
    order, _, rest = data.partition(b":")
    if order == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == b"exit":
        os._exit(3)
    if order == b"spin":
        while True:
            pass
    if order == b"sleep":
        time.sleep(60)
    if order == b"memory":
        hog = bytearray(2**31)
        del hog
    if order == b"print":
        print("noise on standard output")
        os.write(1, b"more noise")
        sys.stderr.write("and on standard error")
    if order == b"second" and not Path(rest.decode()).exists():
        Path(rest.decode()).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(data, **options)


pipeline.parse_bytes = strange

if __name__ == "__main__":
    worker.main()
