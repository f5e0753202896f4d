-- A look is kept once a day, and no finer than that.
UPDATE access SET at = at - at % 86400000000;
DELETE FROM access WHERE EXISTS (
  SELECT 1 FROM access AS earlier WHERE earlier.org = access.org AND earlier.subject = access.subject
  AND earlier.at = access.at AND earlier.actor = access.actor AND earlier.what = access.what AND earlier.id < access.id
);

CREATE UNIQUE INDEX access_once ON access (org, subject, at, actor, what);
CREATE INDEX access_age ON access (org, at);

CREATE TABLE api_token (
  org {key} NOT NULL,
  token {bytes} NOT NULL,
  id {key} NOT NULL,
  account {key} NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_on BIGINT,
  PRIMARY KEY (org, token),
  FOREIGN KEY (org, account) REFERENCES account (org, account) ON DELETE CASCADE
);

CREATE UNIQUE INDEX api_token_account ON api_token (org, account, id);
