/** Datasets of texts: what kind a dataset is, and the facts that only texts have (JSON, null for images). */
export const textDatasets = `
ALTER TABLE datasets ADD COLUMN kind TEXT NOT NULL DEFAULT 'image-classes';
ALTER TABLE datasets ADD COLUMN text_facts TEXT;
ALTER TABLE dataset_versions ADD COLUMN text_facts TEXT;
`;
