"""Chunks answered by several processes, in the order of the input, no more of them under way than are needed.

The processes are `concurrent.futures`'; each makes the rulebooks ready once. With one worker everything happens here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from menscreen.problems import Problem, Severity, UsageError
from menscreen.streaming.answering import Answering, Part, Task
from menscreen.streaming.lines import Chunk


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answered(task: Task, chunks: Iterable[Chunk], workers: int) -> Iterator[Part]:
    """Answer chunks in their order; a single chunk is answered here, since a process takes longer to start.

    Raises:
        UsageError: a worker ended without an answer.
    """
    rest = iter(chunks)
    first = list(islice(rest, 2))
    waiting = chain(first, rest)
    if workers == 1 or len(first) < 2:
        yield from map(Answering(task).part, waiting)
        return
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(workers, context, _begin, (task,)) as pool:
        under_way: deque[Future[Part]] = deque()
        try:
            for chunk in waiting:
                under_way.append(pool.submit(_part, chunk))
                if len(under_way) > 2 * workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool:
            raise _ended() from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_answering: Answering | None = None


def _begin(task: Task) -> None:
    """Make a worker ready. It leaves interrupts to the process that started it, and ends with that."""
    global _answering
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _answering = Answering(task)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _part(chunk: Chunk) -> Part:
    assert _answering is not None
    return _answering.part(chunk)


def _ended() -> UsageError:
    found = "a worker process ended without an answer; the system may have stopped it for want of memory"
    needed = "every worker alive to the end"
    fix = "go on with --resume, with fewer --workers if memory is short"
    return UsageError([Problem("B002", Severity.ERROR, "", found, needed, fix)])
