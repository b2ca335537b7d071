/**
 * The library of models. `model_names` keeps every name that a model ever had, so that a run which names it finds it
 * after it was renamed; a model's own name is one of them.
 */
export const modelTables = `
CREATE TABLE models (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  origin TEXT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  weight_bytes INTEGER NOT NULL, -- of model.safetensors alone
  shape TEXT NOT NULL, -- JSON
  lineage TEXT, -- JSON
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE model_names (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  model_id TEXT NOT NULL REFERENCES models(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX model_names_by_model ON model_names (model_id);

CREATE INDEX runs_by_pretrained ON runs (CASE WHEN json_valid(config) THEN json_extract(config, '$.model.start.model') END);
`;
