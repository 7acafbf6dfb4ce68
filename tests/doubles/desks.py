"""Workers whose documents do as their ids say, for tests of what happens around the reading."""

import os
import signal
import time

from distributed import WorkerPlugin

import jobs.work
from sagstjek.shapes import Part, Reading, Status

VERSION = "double"


class ScriptedTools:
    """Tools that read nothing."""

    version = VERSION
    deciding = ""


class ScriptedWall:
    """A wall that reads at once: `deadly` takes the worker down, `raises` raises with a personal word."""

    closed = False

    def __init__(self, setup, scratch=""):
        self.scratch = scratch

    def read(self, job):
        name = job.document.document_id
        if name.startswith("deadly"):
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)  # the signal is on its way
        if name.startswith("raises"):
            raise RuntimeError("251248-9996 Åse Sørensen")
        return Reading(name, "c", VERSION, (Part(1, status=Status.ACCEPTED),))

    def close(self):
        self.closed = True


class Doubles(WorkerPlugin):
    """Puts the doubles into every worker, also one that is started again."""

    name = "doubles"

    def setup(self, worker):
        jobs.work.Wall = ScriptedWall
        jobs.work.make_tools = lambda setup: ScriptedTools
