"""Writes ../fixtures/algorithms/*.json: what each algorithm beside MAML hands to the outer optimiser, by JAX in float64.

Networks, weights and tasks are those of make_fixtures.py, which must have run before. Written from the papers, sharing
no code with the product.

    VENV/bin/python make_algorithm_fixtures.py [algorithm ...]
"""

import json
import sys

import jax
import jax.numpy as jnp
import numpy as np
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
                weights = [w - case.rate * g if moves(i, len(weights)) else w for i, (w, g) in enumerate(zip(weights, gradients))]
            return case.query_loss(weights, task)

        return case.theta, through(loss_of)

    return algorithm


def is_head(index, count):
    return index >= count - 2


ALGORITHMS = {
    "anil": ({"kind": "anil"}, partial(is_head)),
    "boil": ({"kind": "boil"}, partial(lambda i, n: not is_head(i, n))),
}


def write(name):
    settings, algorithm = ALGORITHMS[name]
    cases = []
    for base in NETWORKS:
        case = Case(base)
        expected = []
        for steps in (1, 5):
            meta, of_task = algorithm(case, steps)
            losses, gradients = mean_over_tasks(case, meta, of_task)
            norm = float(np.sqrt(sum((np.asarray(g) ** 2).sum() for g in gradients)))
            print(f"{name:12} {base:28} {steps} steps: losses {np.round(losses, 4)}, gradient norm {norm:.4f}")
            expected.append({"innerSteps": steps, "losses": flat(losses), "gradients": [flat(g) for g in gradients]})
        meta, _ = algorithm(case, 1)
        added = [{"shape": list(p.shape), "values": flat(p)} for p in meta[len(case.theta) :]]
        cases.append({"base": base, "algorithm": settings, "added": added, "expected": expected})
    folder = FOLDER / "algorithms"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


for chosen in sys.argv[1:] or ALGORITHMS:
    write(chosen)
