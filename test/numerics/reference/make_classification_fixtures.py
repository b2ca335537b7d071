"""Writes ../fixtures/classification.json: labels and probabilities, with what scikit-learn makes of them.

    pip install scikit-learn
    python make_classification_fixtures.py

Cases: two labels with ties among the probabilities; four labels, one that no example has and one that nothing is taken
for; three labels at once. Probabilities are float32 and given exactly. ECE, which scikit-learn lacks, is 15 bins of equal
width, (low, high], in numpy. Last run with scikit-learn 1.9.1.
"""

import json
from pathlib import Path

import numpy as np
from sklearn import metrics

TARGET = Path(__file__).parent.parent / "fixtures" / "classification.json"
BINS = 15


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


def calibration(confidences, right):
    bins = np.clip(np.ceil(confidences.astype(np.float64) * BINS).astype(int) - 1, 0, BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    gaps = [abs(right[bins == b].sum() - confidences[bins == b].astype(np.float64).sum()) for b in range(BINS)]
    return {"ece": float(np.sum(gaps) / len(confidences)), "counts": counts.tolist()}


def shared(truth, predicted, labels):
    options = {"labels": labels, "zero_division": 0}
    precision, recall, f1, support = metrics.precision_recall_fscore_support(truth, predicted, **options)
    return {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "macroF1": metrics.f1_score(truth, predicted, average="macro", **options),
        "weightedF1": metrics.f1_score(truth, predicted, average="weighted", **options),
        "microF1": metrics.f1_score(truth, predicted, average="micro", **options),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
    }


def single(truth, probabilities):
    labels = list(range(probabilities.shape[1]))
    predicted = probabilities.argmax(axis=1)
    exact = probabilities.astype(np.float64)
    two = len(labels) == 2
    return {
        "labelMode": "single",
        "truth": [[int(label)] for label in truth],
        "probabilities": probabilities.tolist(),
        "expected": {
            **shared(truth, predicted, labels),
            "mcc": metrics.matthews_corrcoef(truth, predicted),
            "auc": metrics.roc_auc_score(truth, exact[:, 1]) if two else None,
            "logLoss": metrics.log_loss(truth, exact, labels=labels),
            "brier": metrics.brier_score_loss(truth, exact[:, 1] if two else exact, labels=labels),
            **calibration(probabilities.max(axis=1), predicted == truth),
            "confusion": metrics.confusion_matrix(truth, predicted, labels=labels).tolist(),
        },
    }


def multi(truth, probabilities):
    predicted = (probabilities > 0.5).astype(int)
    exact = probabilities.astype(np.float64)
    flat = truth.ravel(), exact.ravel()
    return {
        "labelMode": "multi",
        "truth": [np.flatnonzero(row).tolist() for row in truth],
        "probabilities": probabilities.tolist(),
        "expected": {
            **shared(truth, predicted, None),
            "mcc": None,
            "auc": None,
            "logLoss": metrics.log_loss(*flat),
            "brier": metrics.brier_score_loss(*flat),
            **calibration(probabilities.ravel(), truth.ravel() == 1),
            "confusion": None,
        },
    }


def main():
    random = np.random.default_rng(7)
    two = random.integers(0, 2, 60)
    coarse = np.round(1 / (1 + np.exp(-random.normal(2 * two - 1, 1.5))), 1)  # a tenth apart: many ties
    coarse = np.clip(coarse, 0.05, 0.95)
    four = random.choice([0, 1, 2], 50, p=[0.6, 0.3, 0.1])  # nothing is of label 3
    logits = random.normal(0, 1, (50, 4)) + 1.2 * np.eye(4)[four]
    logits[:, 2] -= 6  # nothing is taken for label 2
    three = (random.random((40, 3)) < [0.5, 0.3, 0.1]).astype(int)
    several = 1 / (1 + np.exp(-random.normal(2 * three - 1, 1.2)))
    cases = {
        "two labels": single(two, np.stack([1 - coarse, coarse], axis=1).astype(np.float32)),
        "four labels": single(four, softmax(logits)),
        "several at once": multi(three, several.astype(np.float32)),
    }
    TARGET.write_text(json.dumps(cases, separators=(",", ":")) + "\n")


main()
