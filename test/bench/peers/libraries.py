"""The libraries learn2learn and higher on all three workloads, used as their own examples use them: second order, one
task after another.

    python libraries.py --workload sinusoid --variant learn2learn --inner-steps 1
"""
import argparse
import warnings

import numpy as np
import torch
from torch import nn

import conv4
import sinusoid
from measure import serve


def conv_block(channels, filters, stride, pool):
    return [nn.Conv2d(channels, filters, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(filters, track_running_stats=False), nn.ReLU(), *([nn.MaxPool2d(2)] if pool else [])]


class MeanOverSpace(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def sinusoid_work():
    """(model, initial parameters, inner rate, loss, a function that draws tasks)."""
    model = nn.Sequential(nn.Linear(1, 40), nn.ReLU(), nn.Linear(40, 40), nn.ReLU(), nn.Linear(40, 1))
    initial = [a.T.copy() for a in sinusoid.initial_parameters()]
    return model, initial, sinusoid.INNER_RATE, nn.MSELoss(), lambda: zip(*map(torch.from_numpy, sinusoid.batch()))


def conv4_work(workload):
    spec = conv4.SPECS[workload]
    _, channels, filters, stride, pool, inner_rate = spec
    initial = conv4.initial_parameters(spec)
    places = int((len(initial[12]) // filters) ** .5)
    # Rows in (channel, height, width) order, as nn.Flatten lays them.
    head = initial[12].reshape(places, places, filters, conv4.WAYS).transpose(2, 0, 1, 3).reshape(-1, conv4.WAYS)
    initial[12] = head.T.copy()
    blocks = [layer for i in range(4) for layer in conv_block(filters if i else channels, filters, stride, pool)]
    model = nn.Sequential(*blocks, nn.Flatten() if pool else MeanOverSpace(), nn.Linear(len(head), conv4.WAYS))
    ys, yq = torch.from_numpy(conv4.YS), torch.from_numpy(conv4.YQ)
    tasks = lambda: [(xs, ys, xq, yq) for xs, xq in zip(*map(torch.from_numpy, conv4.batch(spec)))]
    return model, initial, inner_rate, nn.CrossEntropyLoss(), tasks


def learn2learn_call(model, inner_rate, inner_steps, loss_fn, tasks):
    import learn2learn
    maml = learn2learn.algorithms.MAML(model, lr=inner_rate, first_order=False)
    optimizer = torch.optim.Adam(maml.parameters(), 1e-3)

    def call():
        optimizer.zero_grad()
        total, count = 0., 0
        for xs, ys, xq, yq in tasks():
            learner = maml.clone()
            for _ in range(inner_steps):
                learner.adapt(loss_fn(learner(xs), ys))
            loss = loss_fn(learner(xq), yq)
            loss.backward()
            total, count = total + loss.item(), count + 1
        for p in maml.parameters():
            p.grad.mul_(1 / count)
        optimizer.step()
        return [total / count]

    return call


def higher_call(model, inner_rate, inner_steps, loss_fn, tasks):
    import higher
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    inner = torch.optim.SGD(model.parameters(), lr=inner_rate)

    def call():
        optimizer.zero_grad()
        total, count = 0., 0
        for xs, ys, xq, yq in tasks():
            with higher.innerloop_ctx(model, inner, copy_initial_weights=False) as (functional, differentiable):
                for _ in range(inner_steps):
                    differentiable.step(loss_fn(functional(xs), ys))
                loss = loss_fn(functional(xq), yq)
                loss.backward()
                total, count = total + loss.item(), count + 1
        for p in model.parameters():
            p.grad.mul_(1 / count)
        optimizer.step()
        return [total / count]

    return call


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workload", required=True, choices=["sinusoid", *conv4.SPECS])
    parser.add_argument("--variant", required=True, choices=["learn2learn", "higher"])
    parser.add_argument("--inner-steps", type=int, required=True)
    asked = parser.parse_args()
    warnings.filterwarnings("ignore")
    work = sinusoid_work() if asked.workload == "sinusoid" else conv4_work(asked.workload)
    model, initial, inner_rate, loss_fn, tasks = work
    with torch.no_grad():
        for weight, value in zip(model.parameters(), initial, strict=True):
            weight.copy_(torch.from_numpy(value))
    make = {"learn2learn": learn2learn_call, "higher": higher_call}[asked.variant]
    serve(make(model, inner_rate, asked.inner_steps, loss_fn, tasks), sum(a.size for a in initial),
          ["numpy", "torch", asked.variant])
