"""Workloads `conv4-omniglot` and `conv4-miniimagenet`: second-order MAML, 5-way 1-shot, 15 queries a class, 4 tasks,
Adam 1e-3, batch norm by the statistics of the batch, images of noise.

  conv4-omniglot      28x28x1, 4 x (conv 3x3 stride 2, 64 filters, BN, ReLU), mean over space, linear; inner rate 0.4
  conv4-miniimagenet  84x84x3, 4 x (conv 3x3, 32 filters, BN, ReLU, max-pool 2), flatten, linear; inner rate 0.01

    python conv4.py --workload conv4-omniglot --variant torch_loop --inner-steps 1
"""
import argparse
import os

import numpy as np

os.environ.setdefault("TORCHINDUCTOR_FORCE_DISABLE_CACHES", "1")  # the first call shows a cold compile
from measure import adam, jax_caller, scanned_steps, serve

SPECS = {  # image size, channels, filters, stride, max-pool, inner rate
    "conv4-omniglot": (28, 1, 64, 2, False, 0.4),
    "conv4-miniimagenet": (84, 3, 32, 1, True, 0.01),
}
TASKS, WAYS, SHOTS, QUERIES, META_RATE = 4, 5, 1, 15, 1e-3
YS, YQ = np.arange(WAYS * SHOTS) % WAYS, np.arange(WAYS * QUERIES) % WAYS
TORCH = ["torch_loop", "torch_vmap", "torch_vmap_compile"]
JAX = ["jax_loop_jit", "jax_vmap_jit", "jax_loop_scan8", "jax_loop_scan32"]
rng = np.random.default_rng(0)


def initial_parameters(spec):
    """Kernels as (out, in, 3, 3); then the linear layer, its rows in (height, width, channel) order."""
    size, channels, filters, _, pool, _ = spec
    r, p = np.random.RandomState(1), []
    for _ in range(4):
        p += [r.randn(filters, channels, 3, 3) * (2 / (9 * channels)) ** .5, np.ones(filters), np.zeros(filters)]
        channels = filters
    features = filters * (size // 16) ** 2 if pool else filters
    return [a.astype("f") for a in p + [r.randn(features, WAYS) * features ** -.5, np.zeros(WAYS)]]


def batch(spec, *lead):
    """(support, query) images, each lead + (TASKS, images, channels, size, size)."""
    size, channels = spec[:2]
    return [rng.random((*lead, TASKS, WAYS * n, channels, size, size), "f") for n in (SHOTS, QUERIES)]


def torch_call(variant, spec, inner_steps):
    import torch
    import torch.nn.functional as F
    from torch.func import grad, vmap
    _, _, _, stride, pool, inner_rate = spec
    ys, yq = torch.from_numpy(YS), torch.from_numpy(YQ)

    def cross_entropy(p, h, y):
        for i in range(4):
            kernel, scale, shift = p[3 * i:3 * i + 3]
            h = F.conv2d(h, kernel, stride=stride, padding=1)
            h = F.relu(F.batch_norm(h, None, None, scale, shift, training=True))
            if pool:
                h = F.max_pool2d(h, 2)
        h = h.permute(0, 2, 3, 1).flatten(1) if pool else h.mean((2, 3))
        return F.cross_entropy(h @ p[12] + p[13], y)

    def loop_loss(p, xs, xq):
        total = 0.
        for t in range(TASKS):
            fast = p
            for _ in range(inner_steps):
                g = torch.autograd.grad(cross_entropy(fast, xs[t], ys), fast, create_graph=True)
                fast = [w - inner_rate * d for w, d in zip(fast, g)]
            total = total + cross_entropy(fast, xq[t], yq)
        return total / TASKS

    def task_loss(p, xs, xq):
        for _ in range(inner_steps):
            p = [w - inner_rate * d for w, d in zip(p, grad(cross_entropy)(p, xs, ys))]
        return cross_entropy(p, xq, yq)

    def vmap_loss(p, *tasks):
        return vmap(task_loss, in_dims=(None, 0, 0))(p, *tasks).mean()

    loss_of = loop_loss if variant == "torch_loop" else vmap_loss
    if variant == "torch_vmap_compile":
        loss_of = torch.compile(loss_of)
    parameters = [torch.from_numpy(a).requires_grad_() for a in initial_parameters(spec)]
    optimizer = torch.optim.Adam(parameters, META_RATE)

    def call():
        loss = loss_of(parameters, *map(torch.from_numpy, batch(spec)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return [loss.item()]

    return call


def jax_call(variant, spec, inner_steps):
    import jax
    import jax.numpy as jnp
    _, _, _, stride, pool, inner_rate = spec

    def cross_entropy(p, h, y):
        for i in range(4):
            kernel, scale, shift = p[3 * i:3 * i + 3]
            h = jax.lax.conv_general_dilated(h, kernel, (stride, stride), ((1, 1), (1, 1)),
                                             dimension_numbers=("NHWC", "HWIO", "NHWC"))
            mean = h.mean((0, 1, 2))
            variance = ((h - mean) ** 2).mean((0, 1, 2))
            h = jax.nn.relu((h - mean) * (jax.lax.rsqrt(variance + 1e-5) * scale) + shift)
            if pool:  # 2x2, an odd last row or column dropped
                n, s, _, c = h.shape
                h = h[:, :s // 2 * 2, :s // 2 * 2].reshape(n, s // 2, 2, s // 2, 2, c).max((2, 4))
        z = (h.reshape(h.shape[0], -1) if pool else h.mean((1, 2))) @ p[12] + p[13]
        return (jax.nn.logsumexp(z, 1) - z[np.arange(len(y)), y]).mean()

    def task_loss(p, xs, xq):
        for _ in range(inner_steps):
            p = [w - inner_rate * d for w, d in zip(p, jax.grad(cross_entropy)(p, xs, YS))]
        return cross_entropy(p, xq, YQ)

    def meta_loss(p, xs, xq):
        if "loop" in variant:
            return sum(task_loss(p, xs[t], xq[t]) for t in range(TASKS)) / TASKS
        return jax.vmap(task_loss, in_axes=(None, 0, 0))(p, xs, xq).mean()

    start, update = adam(META_RATE)

    def step(state, tasks):
        loss, gradient = jax.value_and_grad(meta_loss)(state[0], *tasks)
        return update(state, gradient), loss

    state = start([jnp.asarray(a.transpose(2, 3, 1, 0) if a.ndim == 4 else a) for a in initial_parameters(spec)])
    images_last = lambda *lead: [np.moveaxis(x, -3, -1) for x in batch(spec, *lead)]
    return jax_caller(step, state, images_last, scanned_steps(variant))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workload", required=True, choices=SPECS)
    parser.add_argument("--variant", required=True, choices=TORCH + JAX)
    parser.add_argument("--inner-steps", type=int, required=True)
    asked = parser.parse_args()
    spec, is_torch = SPECS[asked.workload], asked.variant in TORCH
    serve((torch_call if is_torch else jax_call)(asked.variant, spec, asked.inner_steps),
          sum(a.size for a in initial_parameters(spec)), ["numpy", "torch"] if is_torch else ["numpy", "jax", "jaxlib"],
          scanned_steps(asked.variant))
