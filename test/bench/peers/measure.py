"""What the peers have in common: one process holds one variant and is asked, line by line, to measure it.

`call()` runs `steps_per_call` whole steps (fresh batch from numpy, forward, backward, update, loss read back) and
returns their losses. The first call is made at once and answered with a line of JSON; then each line on standard input
holds a number of seconds, for which calls are timed and summed up in one line of JSON. The end of the input ends it.
`rss_mb` is the peak of this process, imports included; child processes (compilers) are not counted.
"""
import importlib.metadata
import json
import platform
import resource
import statistics
import sys
import time


def peak_mb():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


def say(**line):
    print(json.dumps(line), flush=True)


def serve(call, parameters, packages, steps_per_call=1):
    """`parameters`: how many numbers are learned; they must be as many as those of Innerloop's own model."""
    before_mb = peak_mb()
    began = time.perf_counter()
    losses = list(call())
    say(firstCallMs=1e3 * (time.perf_counter() - began), beforeMb=before_mb, parameters=parameters,
        stepsPerCall=steps_per_call, firstLoss=losses[0],
        versions={"Python": platform.python_version(), **{name: version(name) for name in packages}})
    for line in sys.stdin:
        say(**window(call, steps_per_call, float(line)))


def window(call, steps_per_call, seconds):
    times, cpu, began = [], time.process_time(), time.perf_counter()
    while not times or time.perf_counter() - began < seconds:
        start = time.perf_counter()
        call()
        times.append(1e3 * (time.perf_counter() - start) / steps_per_call)
    return {"msPerStep": statistics.median(times), "fastestMs": min(times), "steps": len(times) * steps_per_call,
            "peakMb": peak_mb(), "cpuSeconds": time.process_time() - cpu}


def version(package):
    """torch's own attribute tells the CPU build from the CUDA one."""
    if package == "torch":
        import torch
        return torch.__version__
    return importlib.metadata.version(package)


def adam(rate):
    """(initial state, update) of Adam for JAX: lists of arrays in, lists of arrays out."""
    import jax.numpy as jnp

    def start(p):
        return p, [jnp.zeros_like(a) for a in p], [jnp.zeros_like(a) for a in p], jnp.float32(0)

    def update(state, gradient):
        p, m, v, n = state
        n = n + 1
        step = rate * jnp.sqrt(1 - .999 ** n) / (1 - .9 ** n)
        m = [.9 * a + .1 * d for a, d in zip(m, gradient)]
        v = [.999 * a + .001 * d * d for a, d in zip(v, gradient)]
        return [a - step * x / (jnp.sqrt(y) + 1e-8) for a, x, y in zip(p, m, v)], m, v, n

    return start, update


def jax_caller(step, state, batch, steps):
    """A call of `steps` steps: `step(state, batch) -> (state, loss)`, jitted; several are scanned in one call."""
    import jax
    body = step if steps == 1 else lambda s, batches: jax.lax.scan(step, s, batches)
    jitted = jax.jit(body, donate_argnums=0)
    held = [state]

    def call():
        held[0], losses = jitted(held[0], batch() if steps == 1 else batch(steps))
        return [float(losses)] if steps == 1 else [float(loss) for loss in losses]

    return call


def scanned_steps(variant):
    """'vmap_scan8' -> 8; 1 where nothing is scanned."""
    return int(variant.partition("scan")[2] or 1)
