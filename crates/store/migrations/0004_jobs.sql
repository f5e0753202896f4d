-- due_at: from when it may be claimed; for a claimed job, when its lease ends.
-- again_at: asked for once more while it was running, and from when.
CREATE TABLE job (
  org {key} NOT NULL,
  id BIGINT NOT NULL,
  kind {key} NOT NULL,
  uniq {key},
  payload {bytes} NOT NULL,
  due_at BIGINT NOT NULL,
  again_at BIGINT,
  attempts BIGINT NOT NULL,
  max_attempts BIGINT NOT NULL,
  token BIGINT NOT NULL,
  lease_by TEXT,
  error TEXT,
  dead_at BIGINT,
  PRIMARY KEY (org, id)
);

CREATE UNIQUE INDEX job_unique ON job (org, kind, uniq) WHERE uniq IS NOT NULL AND dead_at IS NULL;
-- The one index that does not begin with the organisation: nodes serve all of them.
CREATE INDEX job_due ON job (due_at) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (org, id) WHERE dead_at IS NOT NULL;

CREATE TABLE schedule (
  org {key} NOT NULL,
  name {key} NOT NULL,
  next_run BIGINT NOT NULL,
  PRIMARY KEY (org, name)
);

CREATE INDEX schedule_due ON schedule (next_run);
