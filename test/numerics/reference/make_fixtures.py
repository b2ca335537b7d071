"""Writes ../fixtures/*.json: meta-gradients and optimiser steps computed by JAX in float64.

An independent reference for src/main/learning: written from the papers, sharing no code with it.

    python3 -m venv VENV && VENV/bin/pip install jax==0.10.2 && VENV/bin/python make_fixtures.py

Inputs are multiples of 1/64, so that they are the same numbers in float32.
"""

import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

FOLDER = pathlib.Path(__file__).parent.parent / "fixtures"
EPSILON = 1e-3  # of batch norm


def numbers(rng, shape, scale=1.0):
    return np.round(rng.standard_normal(shape) * scale * 64) / 64


# --- networks: parameters are a flat list, in the order of the product's specs ---


def dense(x, kernel, bias):
    return x @ kernel + bias


def mlp(activation):
    def apply(parameters, x, _statistics):
        for i in range(0, len(parameters), 2):
            x = dense(x, parameters[i], parameters[i + 1])
            if i + 2 < len(parameters):
                x = activation(x)
        return x, []

    return apply


def convolve(x, kernel, stride):
    return jax.lax.conv_general_dilated(
        x, kernel, (stride, stride), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")
    )


def normalize(x, scale, shift, given, statistics, epsilon=EPSILON):
    """Batch norm number len(statistics), whose statistics it appends."""
    axes = tuple(range(x.ndim - 1))
    mean, variance = (x.mean(axis=axes), x.var(axis=axes)) if given is None else given[len(statistics)]
    statistics.append((mean, variance))
    return (x - mean) / jnp.sqrt(variance + epsilon) * scale + shift


def max_pool(x):
    n, h, w, c = x.shape
    return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))


def conv4(downsampling):
    stride = 2 if downsampling == "stride" else 1

    def apply(parameters, x, given):
        statistics = []
        for block in range(4):
            kernel, scale, shift = parameters[3 * block : 3 * block + 3]
            x = jax.nn.relu(normalize(convolve(x, kernel, stride), scale, shift, given, statistics))
            if downsampling == "max-pool":
                x = max_pool(x)
        x = x.mean(axis=(1, 2)) if downsampling == "stride" else x.reshape(x.shape[0], -1)
        return dense(x, parameters[-2], parameters[-1]), statistics

    return apply


def resnet12(parameters, x, given):
    """Lee 2019: three convolutions and a shortcut a block; parameters in the order conv1, conv2, conv3, shortcut."""
    statistics = []

    def normed(x, i):
        kernel, scale, shift = parameters[3 * i : 3 * i + 3]
        return normalize(convolve(x, kernel, 1), scale, shift, given, statistics, epsilon=1e-5)

    for block in range(4):
        y = jax.nn.leaky_relu(normed(x, 4 * block), 0.1)
        y = jax.nn.leaky_relu(normed(y, 4 * block + 1), 0.1)
        y = normed(y, 4 * block + 2)
        x = max_pool(jax.nn.leaky_relu(y + normed(x, 4 * block + 3), 0.1))
    return dense(x.mean(axis=(1, 2)), parameters[-2], parameters[-1]), statistics


def cnn1d(blocks):
    def apply(parameters, x, given):
        statistics = []
        for block in range(blocks):
            kernel, scale, shift = parameters[3 * block : 3 * block + 3]
            x = jax.lax.conv_general_dilated(x, kernel, (2,), "SAME", dimension_numbers=("NHC", "HIO", "NHC"))
            x = jax.nn.relu(normalize(x, scale, shift, given, statistics))
        return dense(x.mean(axis=1), parameters[-2], parameters[-1]), statistics

    return apply


# --- losses ---


def cross_entropy(logits, targets):
    return -(jax.nn.log_softmax(logits) * targets).sum(axis=-1).mean()


def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()


# --- MAML, algorithm 2 of Finn 2017 ---


def query_loss(apply, loss, weights, task, batch_norm):
    support_x, _, query_x, query_y = task
    given = apply(weights, support_x, None)[1] if batch_norm == "inductive" else None
    return loss(apply(weights, query_x, given)[0], query_y)


def adapted(apply, loss, theta, task, rate, steps):
    def support_loss(weights):
        return loss(apply(weights, task[0], None)[0], task[1])

    for _ in range(steps):
        gradients = jax.grad(support_loss)(theta)
        theta = [w - rate * g for w, g in zip(theta, gradients)]
    return theta


def meta_gradient(apply, loss, theta, tasks, rate, steps, order, batch_norm):
    losses, total = [], None
    for task in tasks:
        if order == "second":
            value, gradient = jax.value_and_grad(
                lambda t: query_loss(apply, loss, adapted(apply, loss, t, task, rate, steps), task, batch_norm)
            )(theta)
        else:
            weights = adapted(apply, loss, theta, task, rate, steps)
            value, gradient = jax.value_and_grad(lambda w: query_loss(apply, loss, w, task, batch_norm))(weights)
        losses.append(float(value))
        total = gradient if total is None else [a + b for a, b in zip(total, gradient)]
    return losses, [g / len(tasks) for g in total]


# --- cases ---


def mlp_shapes(widths):
    return [s for a, b in zip(widths, widths[1:]) for s in ([a, b], [b])]


def conv4_shapes(filters, channels, features, way):
    shapes = []
    for block in range(4):
        shapes += [[3, 3, channels if block == 0 else filters, filters], [filters], [filters]]
    return shapes + [[features, way], [way]]


def normed(kernel):
    return [kernel, [kernel[-1]], [kernel[-1]]]


def resnet12_shapes(widths, channels, way):
    shapes = []
    for i, filters in enumerate(widths):
        inputs = widths[i - 1] if i > 0 else channels
        shapes += normed([3, 3, inputs, filters]) + normed([3, 3, filters, filters])
        shapes += normed([3, 3, filters, filters]) + normed([1, 1, inputs, filters])
    return shapes + [[widths[-1], way], [way]]


def cnn1d_shapes(blocks, length, channels, filters, way):
    shapes = normed([length, channels, filters])
    for _ in range(blocks - 1):
        shapes += normed([length, filters, filters])
    return shapes + [[filters, way], [way]]


def one_hot(way, per_class):
    return np.repeat(np.eye(way), per_class, axis=0)


def draw_parameters(rng, shapes, scale):
    values = [numbers(rng, s, scale if len(s) > 1 else 0.2) for s in shapes]
    if len(shapes[0]) > 2:  # batch norm scales lie around one
        for scale in range(1, len(shapes) - 2, 3):
            values[scale] += 1
    return values


def sinusoid_task(rng, shot, query):
    amplitude, phase = rng.uniform(0.5, 3), rng.uniform(0, np.pi)
    x = [np.round(rng.uniform(-2, 2, (n, 1)) * 64) / 64 for n in (shot, query)]
    y = [np.round(amplitude * np.sin(v - phase) * 64) / 64 for v in x]
    return x[0], y[0], x[1], y[1]


def class_task(rng, way, shot, query, example):
    centres = numbers(rng, [way, *example])
    draw = lambda n: np.repeat(centres, n, axis=0) + numbers(rng, [way * n, *example], 0.5)
    return draw(shot), one_hot(way, shot), draw(query), one_hot(way, query)


def flat(array):
    return [float(f"{v:.9g}") for v in np.asarray(array).ravel()]


def write_case(name, model, loss_name, apply, loss, shapes, tasks, rng, rate, scale, batch_norm="transductive"):
    theta = draw_parameters(rng, shapes, scale)
    expected = []
    for order in ("second", "first"):
        for steps in (1, 5):
            losses, gradients = meta_gradient(
                apply, loss, [jnp.asarray(p) for p in theta], tasks, rate, steps, order, batch_norm
            )
            norm = float(np.sqrt(sum((np.asarray(g) ** 2).sum() for g in gradients)))
            print(f"{name:32} {order:6} {steps} steps: losses {np.round(losses, 4)}, gradient norm {norm:.4f}")
            expected.append(
                {"order": order, "innerSteps": steps, "losses": flat(losses), "gradients": [flat(g) for g in gradients]}
            )
    fixture = {
        "model": model,
        "loss": loss_name,
        "innerRate": rate,
        "parameters": [{"shape": s, "values": flat(p)} for s, p in zip(shapes, theta)],
        "tasks": [[{"shape": list(a.shape), "values": flat(a)} for a in task] for task in tasks],
        "expected": expected,
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


def write_meta_gradients():
    rng = np.random.default_rng(20261124)
    for activation, function in (("tanh", jnp.tanh), ("softplus", jax.nn.softplus), ("sigmoid", jax.nn.sigmoid)):
        write_case(
            f"mlp-{activation}-cross-entropy",
            {"kind": "mlp", "hidden": [6, 5], "activation": activation},
            "cross-entropy",
            mlp(function),
            cross_entropy,
            mlp_shapes([4, 6, 5, 3]),
            [class_task(rng, 3, 2, 4, [4]) for _ in range(3)],
            rng,
            rate=0.4,
            scale=0.7,
        )
    write_case(
        "mlp-relu-sinusoid",
        {"kind": "mlp", "hidden": [8, 8], "activation": "relu"},
        "mean-squared-error",
        mlp(jax.nn.relu),
        mean_squared_error,
        mlp_shapes([1, 8, 8, 1]),
        [sinusoid_task(rng, 5, 7) for _ in range(3)],
        rng,
        rate=0.02,
        scale=0.6,
    )
    for downsampling, size in (("stride", 12), ("max-pool", 16)):
        for batch_norm in ("transductive", "inductive"):
            write_case(
                f"conv4-{downsampling}-{batch_norm}",
                {"kind": "conv4", "filters": 3, "downsampling": downsampling, "batchNorm": batch_norm},
                "cross-entropy",
                conv4(downsampling),
                cross_entropy,
                conv4_shapes(3, 1, 3, 3),
                [class_task(rng, 3, 2, 3, [size, size, 1]) for _ in range(2)],
                rng,
                rate=0.1,
                scale=0.4,
                batch_norm=batch_norm,
            )
    write_larger_networks()


def write_larger_networks():
    rng = np.random.default_rng(12)
    for batch_norm in ("transductive", "inductive"):
        write_case(
            f"resnet12-{batch_norm}",
            {"kind": "resnet12", "widths": [2, 3, 3, 4], "batchNorm": batch_norm},
            "cross-entropy",
            resnet12,
            cross_entropy,
            resnet12_shapes([2, 3, 3, 4], 1, 3),
            [class_task(rng, 3, 2, 3, [17, 16, 1]) for _ in range(2)],
            rng,
            rate=0.05,
            scale=0.4,
            batch_norm=batch_norm,
        )
        write_case(
            f"cnn1d-{batch_norm}",
            {"kind": "cnn1d", "blocks": 3, "filters": 3, "filterLength": 5, "batchNorm": batch_norm},
            "cross-entropy",
            cnn1d(3),
            cross_entropy,
            cnn1d_shapes(3, 5, 2, 3, 3),
            [class_task(rng, 3, 2, 3, [21, 2]) for _ in range(2)],
            rng,
            rate=0.1,
            scale=0.4,
            batch_norm=batch_norm,
        )


def adam(theta, gradients, state, rate):
    """Kingma and Ba 2015, algorithm 1."""
    m, v, t = state
    t += 1
    m = [0.9 * a + 0.1 * g for a, g in zip(m, gradients)]
    v = [0.999 * a + 0.001 * g * g for a, g in zip(v, gradients)]
    m_hat = [a / (1 - 0.9**t) for a in m]
    v_hat = [a / (1 - 0.999**t) for a in v]
    return [p - rate * a / (np.sqrt(b) + 1e-8) for p, a, b in zip(theta, m_hat, v_hat)], (m, v, t)


def write_optimizers():
    rng = np.random.default_rng(7)
    shapes = [[3, 4], [4]]
    theta = [numbers(rng, s) for s in shapes]
    steps = [[numbers(rng, s, 2.0) for s in shapes] for _ in range(3)]
    limit, decay = 1.5, 0.1
    clipped = {
        "off": lambda gs: gs,
        "value": lambda gs: [np.clip(g, -limit, limit) for g in gs],
        "norm": lambda gs: [g * min(1.0, limit / np.sqrt(sum((h**2).sum() for h in gs))) for g in gs],
    }
    expected = {}
    for kind, clip in clipped.items():
        at, state = theta, ([np.zeros(s) for s in shapes], [np.zeros(s) for s in shapes], 0)
        decayed_at, decayed_state = theta, state  # AdamW: Loshchilov and Hutter 2019, algorithm 2
        sgd_at = theta
        for gradients in steps:
            at, state = adam(at, clip(gradients), state, 0.01)
            moved, decayed_state = adam(decayed_at, clip(gradients), decayed_state, 0.01)
            decayed_at = [p - 0.01 * decay * q for p, q in zip(moved, decayed_at)]
            sgd_at = [p - 0.01 * g for p, g in zip(sgd_at, clip(gradients))]
        ends = {"adam": at, "adamw": decayed_at, "sgd": sgd_at}
        expected[kind] = {name: [flat(p) for p in end] for name, end in ends.items()}
    fixture = {
        "shapes": shapes,
        "parameters": [flat(p) for p in theta],
        "gradients": [[flat(g) for g in step] for step in steps],
        "rate": 0.01,
        "limit": limit,
        "weightDecay": decay,
        "norms": [float(np.sqrt(sum((g**2).sum() for g in step))) for step in steps],
        "expected": expected,
    }
    (FOLDER / "optimizers.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    write_meta_gradients()
    write_optimizers()
