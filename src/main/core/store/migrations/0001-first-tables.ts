/**
 * Times are milliseconds since 1970, durations milliseconds. `view` and the sort columns have indexes, so that the list
 * of 10,000 runs is sorted and filtered without reading configs.
 */
export const firstTables = `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  layout TEXT NOT NULL, -- JSON
  created_at INTEGER NOT NULL,
  verified_at INTEGER,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE dataset_classes (
  dataset_id TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
  class_index INTEGER NOT NULL,
  name TEXT NOT NULL,
  class_group TEXT NOT NULL,
  first_example INTEGER NOT NULL,
  examples INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, class_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_versions (
  dataset_id TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  splits TEXT NOT NULL, -- JSON list, one split per class in class order
  counts TEXT NOT NULL, -- JSON: classes and examples of each split
  PRIMARY KEY (dataset_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL COLLATE NOCASE,
  note TEXT NOT NULL,
  state TEXT NOT NULL,
  phase TEXT,
  config TEXT NOT NULL, -- JSON, as launched
  group_key TEXT NOT NULL,
  cost_key TEXT NOT NULL,
  task TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  seed INTEGER NOT NULL,
  iterations INTEGER NOT NULL,
  dataset_id TEXT,
  dataset_name TEXT COLLATE NOCASE,
  dataset_version INTEGER,
  dataset_digest TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  compute_ms REAL NOT NULL DEFAULT 0,
  iteration INTEGER NOT NULL DEFAULT 0,
  iterations_per_second REAL,
  eta_ms REAL,
  train_loss REAL,
  best_metric TEXT,
  best_value REAL,
  best_ci95 REAL,
  best_iteration INTEGER,
  best_score REAL GENERATED ALWAYS AS (CASE best_metric WHEN 'loss' THEN -best_value ELSE best_value END) VIRTUAL,
  final_evaluation_id TEXT,
  untrained_evaluation_id TEXT,
  engine TEXT,
  sparkline TEXT,
  failure TEXT,
  starred TEXT NOT NULL DEFAULT 'no',
  archived TEXT NOT NULL DEFAULT 'no',
  deleted_at INTEGER,
  seal TEXT,
  view TEXT GENERATED ALWAYS AS (
    CASE WHEN deleted_at IS NOT NULL THEN 'bin' WHEN archived = 'yes' THEN 'archived' ELSE 'active' END
  ) VIRTUAL
) STRICT;
CREATE INDEX runs_by_created ON runs (view, created_at, number);
CREATE INDEX runs_by_name ON runs (view, name, number);
CREATE INDEX runs_by_duration ON runs (view, compute_ms, number);
CREATE INDEX runs_by_best ON runs (view, best_score, number);
CREATE INDEX runs_by_loss ON runs (view, train_loss, number);
CREATE INDEX runs_by_algorithm ON runs (view, algorithm, number);
CREATE INDEX runs_by_dataset ON runs (view, dataset_name, number);
CREATE INDEX runs_by_seed ON runs (view, seed, number);
CREATE INDEX runs_by_state ON runs (view, state, number);
CREATE INDEX runs_by_group ON runs (group_key, seed);
CREATE INDEX runs_by_cost ON runs (cost_key);
CREATE INDEX runs_by_used_dataset ON runs (dataset_id);

CREATE TABLE tags (
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_tag ON tags (tag, run_id);

CREATE TABLE queue_positions (
  run_id TEXT PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,
  place INTEGER NOT NULL UNIQUE,
  urgency TEXT NOT NULL -- 'now' starts even while the queue is paused
) STRICT, WITHOUT ROWID;

CREATE TABLE trainers (
  run_id TEXT PRIMARY KEY,
  pid INTEGER NOT NULL,
  token TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE metric_series (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  count INTEGER NOT NULL,
  tail_count INTEGER NOT NULL, -- points that still are rows
  first_step REAL NOT NULL, first_value REAL NOT NULL,
  last_step REAL NOT NULL, last_value REAL NOT NULL,
  min_step REAL NOT NULL, min_value REAL NOT NULL,
  max_step REAL NOT NULL, max_value REAL NOT NULL,
  best_step REAL NOT NULL, best_value REAL NOT NULL,
  UNIQUE (run_id, key)
) STRICT;

CREATE TABLE metric_points (
  series_id INTEGER NOT NULL REFERENCES metric_series(id) ON DELETE CASCADE,
  step REAL NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (series_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric_chunks (
  series_id INTEGER NOT NULL REFERENCES metric_series(id) ON DELETE CASCADE,
  first_step REAL NOT NULL,
  last_step REAL NOT NULL,
  count INTEGER NOT NULL,
  points BLOB NOT NULL, -- float64, little-endian: step, value, step, value ...
  PRIMARY KEY (series_id, first_step)
) STRICT;

CREATE TABLE evaluations (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  iteration INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  mean REAL NOT NULL,
  body TEXT NOT NULL -- JSON of the whole evaluation
) STRICT;
CREATE INDEX evaluations_by_run ON evaluations (run_id, created_at);

CREATE TABLE checkpoints (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  roles TEXT NOT NULL, -- JSON list
  validation REAL,
  UNIQUE (run_id, file)
) STRICT;

CREATE TABLE log (
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;
`;
