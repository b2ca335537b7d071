"""Writes ../fixtures/algorithms/*.json: what each algorithm hands to the outer optimiser, by JAX in float64.

Networks, weights and tasks are those of make_fixtures.py, which must have run before. Written from the papers, sharing
no code with the product.

    VENV/bin/python make_algorithm_fixtures.py [algorithm ...]
"""

import json
import sys

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from make_fixtures import FOLDER, conv4, cross_entropy, flat, mlp, query_loss

NETWORKS = {
    "mlp-tanh-cross-entropy": mlp(jnp.tanh),
    "conv4-stride-transductive": conv4("stride"),
    "conv4-max-pool-inductive": conv4("max-pool"),
}


class Case:
    """A network with its weights and tasks; `task` is (support x, support y, query x, query y)."""

    def __init__(self, base):
        fixture = json.loads((FOLDER / f"{base}.json").read_text())
        array = lambda stored: jnp.asarray(np.array(stored["values"]).reshape(stored["shape"]))
        self.base = base
        self.apply = NETWORKS[base]
        self.rate = fixture["innerRate"]
        self.batch_norm = fixture["model"].get("batchNorm", "transductive")
        self.theta = [array(p) for p in fixture["parameters"]]
        self.tasks = [[array(a) for a in task] for task in fixture["tasks"]]

    def support_loss(self, weights, task):
        return cross_entropy(self.apply(weights, task[0], None)[0], task[1])

    def query_loss(self, weights, task):
        return query_loss(self.apply, cross_entropy, weights, task, self.batch_norm)


def mean_over_tasks(case, meta, of_task):
    """`of_task(meta, task)` gives the task's loss and its gradient."""
    results = [of_task(meta, task) for task in case.tasks]
    count = len(results)
    return [float(r[0]) for r in results], [sum(gs) / count for gs in zip(*(r[1] for r in results))]


def through(loss_of):
    """The gradient through everything."""
    return lambda meta, task: jax.value_and_grad(loss_of)(meta, task)


# --- algorithms: functions of a case and the number of inner steps; they give the meta-parameters and `of_task` ---


def partial(moves):
    def algorithm(case, steps):
        def loss_of(theta, task):
            weights = list(theta)
            for _ in range(steps):
                gradients = jax.grad(case.support_loss)(weights, task)
                steps_of = [case.rate if moves(i, len(weights)) else 0 for i in range(len(weights))]
                weights = [w - rate * g for w, rate, g in zip(weights, steps_of, gradients)]
            return case.query_loss(weights, task)

        return case.theta, through(loss_of)

    return algorithm


def is_head(index, count):
    return index >= count - 2


def meta_sgd(case, steps):
    count = len(case.theta)
    rng = np.random.default_rng(17)
    rates = [jnp.asarray(np.round(rng.uniform(-0.05, 0.4, p.shape) * 256) / 256) for p in case.theta]

    def loss_of(meta, task):
        weights, alpha = list(meta[:count]), meta[count:]
        for _ in range(steps):
            gradients = jax.grad(case.support_loss)(weights, task)
            weights = [w - a * g for w, a, g in zip(weights, alpha, gradients)]
        return case.query_loss(weights, task)

    return case.theta + rates, through(loss_of)


def proto_net(case, _steps):
    """The head is left out by making it the identity."""
    body = case.theta[:-2]
    features = case.theta[-2].shape[0]
    identity = [jnp.eye(features), jnp.zeros(features)]

    def loss_of(phi, task):
        support_x, support_y, query_x, query_y = task
        embed = lambda x, given: case.apply(list(phi) + identity, x, given)
        if case.batch_norm == "inductive":
            support, statistics = embed(support_x, None)
            query = embed(query_x, statistics)[0]
        else:
            both = embed(jnp.concatenate([support_x, query_x]), None)[0]
            support, query = both[: len(support_x)], both[len(support_x) :]
        labels = support_y.argmax(axis=1)
        prototypes = jnp.stack([support[labels == k].mean(axis=0) for k in range(support_y.shape[1])])
        distances = ((query[:, None, :] - prototypes[None]) ** 2).sum(axis=-1)
        return cross_entropy(-distances, query_y)

    return body, through(loss_of)


def reptile(case, steps, per_class=1):
    """Adam without first moment, from fresh slots; mini-batches of `per_class` examples of each class in turn."""

    def of_task(theta, task):
        support_x, support_y, _, _ = task
        way = support_y.shape[1]
        shot = len(support_x) // way
        weights, second = theta, [jnp.zeros_like(p) for p in theta]
        for step in range(steps):
            chosen = [k * shot + (step * per_class + j) % shot for k in range(way) for j in range(per_class)]
            batch = (support_x[np.array(chosen)], support_y[np.array(chosen)])
            gradients = jax.grad(case.support_loss)(weights, batch)
            second = [0.999 * v + 0.001 * g * g for v, g in zip(second, gradients)]
            corrected = [v / (1 - 0.999 ** (step + 1)) for v in second]
            weights = [w - case.rate * g / (jnp.sqrt(v) + 1e-8) for w, g, v in zip(weights, gradients, corrected)]
        return case.query_loss(weights, task), [t - w for t, w in zip(theta, weights)]

    return case.theta, of_task


ITERATION, ITERATIONS = 6, 100  # at which what is annealed is compared


def maml_plus_plus(multi_step_share, first_order_share):
    def algorithm(case, steps):
        norms = [i for i in range(len(case.theta) - 2) if i % 3] if case.base.startswith("conv4") else []
        moving = [i for i in range(len(case.theta)) if i not in norms]
        rng = np.random.default_rng(19)
        vary = lambda p: jnp.stack([p + k / 16 for k in range(steps)])
        meta = [vary(p) if i in norms else p for i, p in enumerate(case.theta)]
        meta += [jnp.asarray(np.round(rng.uniform(0.02, 0.3, steps) * 256) / 256) for _ in moving]
        done = (ITERATION - 1) / ITERATIONS
        epochs = multi_step_share * ITERATIONS
        weights_of_steps = np.full(steps, 1 / steps)  # get_per_step_loss_importance_vector of the authors' code
        decay = 1 / steps / epochs
        for k in range(steps - 1):
            weights_of_steps[k] = max(weights_of_steps[k] - (ITERATION - 1) * decay, 0.03 / steps)
        weights_of_steps[-1] = min(
            weights_of_steps[-1] + (ITERATION - 1) * (steps - 1) * decay, 1 - (steps - 1) * 0.03 / steps
        )

        if ITERATION - 1 >= epochs:
            weights_of_steps = np.eye(steps)[-1]

        def objective(meta, task):
            rates = dict(zip(moving, meta[len(case.theta) :]))
            weights = {i: meta[i] for i in moving}
            total = 0
            for k in range(steps):
                full = lambda own: [meta[i][k] if i in norms else own[i] for i in range(len(case.theta))]
                gradients = jax.grad(lambda own: case.support_loss(full(own), task))(weights)
                if done < first_order_share:
                    gradients = jax.lax.stop_gradient(gradients)
                weights = {i: w - rates[i][k] * gradients[i] for i, w in weights.items()}
                last = case.query_loss(full(weights), task)
                total = total + weights_of_steps[k] * last
            return total, last

        def of_task(meta, task):
            (_, last), gradient = jax.value_and_grad(objective, has_aux=True)(meta, task)
            return last, gradient

        return meta, of_task

    return algorithm


def plus_plus_settings(multi_step_share, first_order_share):
    shares = {"multiStepShare": multi_step_share, "firstOrderShare": first_order_share}
    return {"kind": "maml-plus-plus", "perStepRates": "on", "perStepNorm": "on", **shares}


def imaml(regularisation, damping, solver_steps):
    """Conjugate gradients on flat vectors with the whole Hessian."""

    def algorithm(case, steps):
        def of_task(theta, task):
            phi = theta
            for _ in range(steps):
                gradients = jax.grad(case.support_loss)(phi, task)
                phi = [p - case.rate * (g + regularisation * (p - t)) for p, g, t in zip(phi, gradients, theta)]
            value, gradient = jax.value_and_grad(case.query_loss)(phi, task)
            flat_phi, unflatten = ravel_pytree(phi)
            b, _ = ravel_pytree(gradient)
            hessian = jax.hessian(lambda w: case.support_loss(unflatten(w), task))(flat_phi)
            matrix = jnp.eye(len(b)) + hessian / (regularisation + damping)
            x, r = jnp.zeros_like(b), b
            p = r
            for _ in range(solver_steps):
                ap = matrix @ p
                alpha = (r @ r) / (p @ ap)
                x, r_next = x + alpha * p, r - alpha * ap
                p = r_next + (r_next @ r_next) / (r @ r) * p
                r = r_next
            return value, unflatten(x)

        return case.theta, of_task

    return algorithm


def pretrain(head):
    """Plain classification of support and query in one batch; batch norm over both. New heads get no gradient."""

    def algorithm(case, _steps):
        features, way = case.theta[-2].shape
        shapes = [(features, way)] if head == "cosine" else [(features, way), (way,)]
        rng = np.random.default_rng(23)
        heads = [jnp.asarray(np.round(rng.standard_normal(s) * 32) / 64) for s in shapes + shapes]
        body = case.theta[:-2]
        identity = [jnp.eye(features), jnp.zeros(features)]

        def loss_of(meta, task):
            x, y = jnp.concatenate([task[0], task[2]]), jnp.concatenate([task[1], task[3]])
            embedded = case.apply(meta[: len(body)] + identity, x, None)[0]
            own = meta[len(body) : len(body) + len(shapes)]
            if head == "linear":
                return cross_entropy(embedded @ own[0] + own[1], y)
            rows = embedded / jnp.sqrt((embedded**2).sum(axis=1, keepdims=True) + 1e-12)
            columns = own[0] / jnp.sqrt((own[0] ** 2).sum(axis=0, keepdims=True) + 1e-12)
            return cross_entropy(10 * rows @ columns, y)

        return body + heads, through(loss_of)

    return algorithm


def from_scratch(case, steps):
    """Adam from fresh slots; nothing is learned from the tasks."""

    def of_task(theta, task):
        weights, first, second = theta, [0 * p for p in theta], [0 * p for p in theta]
        for step in range(1, steps + 1):
            gradients = jax.grad(case.support_loss)(weights, task)
            first = [0.9 * m + 0.1 * g for m, g in zip(first, gradients)]
            second = [0.999 * v + 0.001 * g * g for v, g in zip(second, gradients)]
            weights = [
                w - case.rate * (m / (1 - 0.9**step)) / (jnp.sqrt(v / (1 - 0.999**step)) + 1e-8)
                for w, m, v in zip(weights, first, second)
            ]
        return case.query_loss(weights, task), [0 * p for p in theta]

    return case.theta, of_task


def maml_with(optimizer):
    """Second-order MAML through an inner loop with slots."""

    def algorithm(case, steps):
        def loss_of(theta, task):
            weights, first, second = theta, [0 * p for p in theta], [0 * p for p in theta]
            for step in range(1, steps + 1):
                gradients = jax.grad(case.support_loss)(weights, task)
                if optimizer == "momentum":
                    first = [0.9 * m + g for m, g in zip(first, gradients)]
                    moves = first
                else:
                    first = [0.9 * m + 0.1 * g for m, g in zip(first, gradients)]
                    second = [0.999 * v + 0.001 * g * g for v, g in zip(second, gradients)]
                    moves = [
                        m / (1 - 0.9**step) / (jnp.sqrt((v + 1e-16) / (1 - 0.999**step)) + 1e-8)
                        for m, v in zip(first, second)
                    ]
                weights = [w - case.rate * m for w, m in zip(weights, moves)]
            return case.query_loss(weights, task)

        return case.theta, through(loss_of)

    return algorithm


ALGORITHMS = {
    "inner-momentum": [({"kind": "maml"}, maml_with("momentum"))],
    "inner-adam": [({"kind": "maml"}, maml_with("adam"))],
    "anil": [({"kind": "anil"}, partial(is_head))],
    "boil": [({"kind": "boil"}, partial(lambda i, n: not is_head(i, n)))],
    "meta-sgd": [({"kind": "meta-sgd", "lowestRate": 0.005, "highestRate": 0.1}, meta_sgd)],
    "proto-net": [({"kind": "proto-net", "trainWay": 0, "trainQuery": 0}, proto_net)],
    "maml-plus-plus": [
        (plus_plus_settings(0.2, 0.0), maml_plus_plus(0.2, 0.0)),
        (plus_plus_settings(0.04, 0.5), maml_plus_plus(0.04, 0.5)),
    ],
    "imaml": [({"kind": "imaml", "lambda": 2.0, "damping": 1.0, "solverSteps": 4}, imaml(2.0, 1.0, 4))],
    "pretrain": [
        ({"kind": "pretrain", "head": head}, pretrain(head)) for head in ("linear", "cosine")
    ],
    "from-scratch": [({"kind": "from-scratch"}, from_scratch)],
    "reptile": [({"kind": "reptile", "perClass": 1, "trainShot": 0}, reptile)],
}


INNER = {"reptile": "adam", "from-scratch": "adam", "inner-momentum": "momentum", "inner-adam": "adam"}


def expectation(case, algorithm, steps):
    meta, of_task = algorithm(case, steps)
    losses, gradients = mean_over_tasks(case, meta, of_task)
    norm = float(np.sqrt(sum((np.asarray(g) ** 2).sum() for g in gradients)))
    print(f"{case.base:28} {steps} steps: losses {np.round(losses, 4)}, gradient norm {norm:.4f}")
    expected = {"innerSteps": steps, "losses": flat(losses), "gradients": [flat(g) for g in gradients]}
    if [p.shape for p in meta] != [p.shape for p in case.theta[: len(meta)]]:  # more than the network's own weights
        expected["parameters"] = [{"shape": list(p.shape), "values": flat(p)} for p in meta]
    return expected


def write(name):
    cases = []
    for settings, algorithm in ALGORITHMS[name]:
        for base in NETWORKS:
            print(name, end=" ")
            case = Case(base)
            if INNER.get(name) == "adam":
                case.rate /= 10  # its steps are as long as the rate, however small the gradient
            expected = [expectation(case, algorithm, steps) for steps in (1, 5)]
            at = {"iteration": ITERATION, "iterations": ITERATIONS}
            at |= {"innerOptimizer": INNER.get(name, "sgd"), "innerRate": case.rate}
            cases.append({"base": base, "algorithm": settings, **at, "expected": expected})
    folder = FOLDER / "algorithms"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


for chosen in sys.argv[1:] or ALGORITHMS:
    write(chosen)
