"""Chunks answered by several processes, in the order of the input, no more of them under way than are needed.

Each process makes the rulebooks ready once. It has a pipe of its own, so that its end is noticed here, and the end of
this process there; a thread waits at each pipe. With one worker everything happens here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing.connection import Connection
from queue import SimpleQueue

from menscreen.problems import UsageError
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
    idle: SimpleQueue[Connection] = SimpleQueue()

    def part(chunk: Chunk) -> Part:
        worker = idle.get()
        try:
            worker.send(chunk)
            answer = worker.recv()
        except (EOFError, OSError):
            raise _ended() from None
        finally:
            idle.put(worker)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Part)
        return answer

    with ThreadPoolExecutor(workers) as threads, _started(task, workers) as connections:
        for connection in connections:
            idle.put(connection)
        under_way: deque[Future[Part]] = deque()
        try:
            for chunk in waiting:
                under_way.append(threads.submit(part, chunk))
                if len(under_way) > 2 * workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()


@contextmanager
def _started(task: Task, workers: int) -> Iterator[list[Connection]]:
    """Start processes, and end them; a pipe to each.

    They are not forked from this process, which may have threads: a copy of it could wait for one of these forever.
    """
    if sys.platform == "win32":
        context = multiprocessing.get_context("spawn")
    else:
        context = multiprocessing.get_context("forkserver")
    connections: list[Connection] = []
    processes = []
    try:
        for _ in range(workers):
            mine, its = context.Pipe()
            process = context.Process(target=_work, args=(task, its), daemon=True)
            process.start()
            its.close()
            connections.append(mine)
            processes.append(process)
        yield connections
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _work(task: Task, connection: Connection) -> None:
    """Answer chunks until the other end is closed; interrupts are left to the process there.

    As in the command itself, garbage is looked for seldom, and never in what lives as long as the process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answering = Answering(task)
    gc.freeze()
    gc.set_threshold(100_000)
    while True:
        try:
            chunk = connection.recv()
        except (EOFError, OSError):
            return
        answer: Part | Exception
        try:
            answer = answering.part(chunk)
        except Exception as fault:
            answer = fault
        try:
            connection.send(answer)
        except OSError:
            return


def _ended() -> UsageError:
    found = "a worker process ended without an answer; the system may have stopped it for want of memory"
    needed = "every worker alive to the end"
    fix = "go on with --resume, with fewer --workers if memory is short"
    return UsageError.of("B002", found, needed, fix)
