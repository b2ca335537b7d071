"""Workload `sinusoid`: second-order MAML, MLP 1-40-40-1 with ReLU, 10 support and 10 query points, 25 tasks,
inner rate 0.01, Adam 1e-3.

    python sinusoid.py --variant jax_vmap_jit --inner-steps 1
"""
import argparse
import os

import numpy as np

os.environ.setdefault("TORCHINDUCTOR_FORCE_DISABLE_CACHES", "1")  # the first call shows a cold compile
from measure import adam, jax_caller, scanned_steps, serve

TASKS, SHOTS, INNER_RATE, META_RATE = 25, 10, 0.01, 1e-3
TORCH = ["torch_loop", "torch_vmap", "torch_vmap_compile"]
JAX = ["jax_vmap_jit", "jax_vmap_scan8", "jax_vmap_scan32"]
rng = np.random.RandomState(0)


def initial_parameters():
    r = np.random.RandomState(1)
    sizes = [(1, 40), (40, 40), (40, 1)]
    return [r.uniform(-m ** -.5, m ** -.5, shape).astype("f") for m, n in sizes for shape in ((m, n), n)]


def batch(*lead):
    """(support x, support y, query x, query y), each lead + (TASKS, SHOTS, 1)."""
    u = lambda low, high, *shape: rng.uniform(low, high, (*lead, TASKS, *shape)).astype("f")
    amplitude, phase = u(.1, 5, 1, 1), u(0, np.pi, 1, 1)
    xs, xq = u(-5, 5, SHOTS, 1), u(-5, 5, SHOTS, 1)
    return xs, amplitude * np.sin(xs - phase), xq, amplitude * np.sin(xq - phase)


def torch_call(variant, inner_steps):
    import torch
    from torch.func import grad, vmap

    def mse(p, x, y):
        h = torch.relu(x @ p[0] + p[1])
        h = torch.relu(h @ p[2] + p[3])
        return ((h @ p[4] + p[5] - y) ** 2).mean()

    def loop_loss(p, xs, ys, xq, yq):
        total = 0.
        for t in range(TASKS):
            fast = p
            for _ in range(inner_steps):
                g = torch.autograd.grad(mse(fast, xs[t], ys[t]), fast, create_graph=True)
                fast = [w - INNER_RATE * d for w, d in zip(fast, g)]
            total = total + mse(fast, xq[t], yq[t])
        return total / TASKS

    def task_loss(p, xs, ys, xq, yq):
        for _ in range(inner_steps):
            p = [w - INNER_RATE * d for w, d in zip(p, grad(mse)(p, xs, ys))]
        return mse(p, xq, yq)

    def vmap_loss(p, *tasks):
        return vmap(task_loss, in_dims=(None, 0, 0, 0, 0))(p, *tasks).mean()

    loss_of = loop_loss if variant == "torch_loop" else vmap_loss
    if variant == "torch_vmap_compile":
        loss_of = torch.compile(loss_of)
    parameters = [torch.from_numpy(a).requires_grad_() for a in initial_parameters()]
    optimizer = torch.optim.Adam(parameters, META_RATE)

    def call():
        loss = loss_of(parameters, *map(torch.from_numpy, batch()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return [loss.item()]

    return call


def jax_call(variant, inner_steps):
    import jax
    import jax.numpy as jnp

    def mse(p, x, y):
        h = jax.nn.relu(x @ p[0] + p[1])
        h = jax.nn.relu(h @ p[2] + p[3])
        return ((h @ p[4] + p[5] - y) ** 2).mean()

    def task_loss(p, xs, ys, xq, yq):
        for _ in range(inner_steps):
            p = [w - INNER_RATE * d for w, d in zip(p, jax.grad(mse)(p, xs, ys))]
        return mse(p, xq, yq)

    def meta_loss(p, tasks):
        return jax.vmap(task_loss, in_axes=(None, 0, 0, 0, 0))(p, *tasks).mean()

    start, update = adam(META_RATE)

    def step(state, tasks):
        loss, gradient = jax.value_and_grad(meta_loss)(state[0], tasks)
        return update(state, gradient), loss

    state = start([jnp.asarray(a) for a in initial_parameters()])
    return jax_caller(step, state, batch, scanned_steps(variant))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", required=True, choices=TORCH + JAX)
    parser.add_argument("--inner-steps", type=int, required=True)
    asked = parser.parse_args()
    is_torch = asked.variant in TORCH
    serve((torch_call if is_torch else jax_call)(asked.variant, asked.inner_steps),
          sum(a.size for a in initial_parameters()), ["numpy", "torch"] if is_torch else ["numpy", "jax", "jaxlib"],
          scanned_steps(asked.variant))
