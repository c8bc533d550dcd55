"""Stages in processes of their own: what crashes, hangs or eats memory in a library's native code costs one stage.

    carry_out ──Pool──> Team (of a library) ──WorkerProcess──socket, Arena──> worker: carry_out_here

The server puts a `Pool` in charge of stages (`core.pipeline.put_in_charge`). A pool has a team of workers for each
group of libraries; a worker does one stage at a time, so that there is no doubt about what ended it.
"""
