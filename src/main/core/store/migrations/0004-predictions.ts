/**
 * What classifiers said of each example in an evaluation. A table and no file, since then one transaction stores an
 * evaluation with its predictions and one statement removes both: 100,000 examples of 10 labels are 5.4 MB.
 */
export const predictionTable = `
CREATE TABLE predictions (
  evaluation_id TEXT PRIMARY KEY REFERENCES evaluations(id) ON DELETE CASCADE,
  label_mode TEXT NOT NULL,
  labels TEXT NOT NULL, -- JSON list of names
  count INTEGER NOT NULL, -- of examples, n
  examples BLOB NOT NULL, -- positions in the dataset: int32, little-endian, [n]
  truth BLOB NOT NULL, -- 0 or 1, [n, labels]
  probabilities BLOB NOT NULL, -- float32, little-endian, [n, labels]
  sha256 TEXT NOT NULL -- over labels, examples, truth and probabilities
) STRICT;
`;
