-- Whoever claims takes the first that is due: of ten thousand that are due at one moment none has to be sorted for that.
DROP INDEX job_due;
CREATE INDEX job_due ON job (due_at, org, id) WHERE dead_at IS NULL;
-- And looks first for those whose last attempt ended without a word: there are next to none, and no other has to be looked at.
CREATE INDEX job_spent ON job (due_at, org, id) WHERE dead_at IS NULL AND attempts >= max_attempts;
