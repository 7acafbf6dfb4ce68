"""What a document can do to the process that reads it."""

import os
import signal
import time

from sagstjek.shapes import Part, Reading, Status


def good(job):
    return Reading(job.document.document_id, "c", "v", (Part(1, type="cv", status=Status.ACCEPTED),))


def hang(job):
    while job.document.document_id == "bad":
        time.sleep(1)
    return good(job)


def crash(job):
    if job.document.document_id == "bad":
        os.kill(os.getpid(), signal.SIGSEGV)
    return good(job)


def leave(job):
    if job.document.document_id == "bad":
        os._exit(3)
    return good(job)


def eat(job):
    if job.document.document_id == "bad":
        bytearray(64 * 1024**3)
    return good(job)


def process(job):
    return Reading(job.document.document_id, str(os.getpid()), "v", (Part(1),))
