-- Calendars that are kept up with. How to get at one is a sealed secret of the owner 'source/' and its name.
-- stopped_at: since when it is not asked any more, until somebody mends it.
CREATE TABLE source (
  org {key} NOT NULL REFERENCES organisation (org),
  source {key} NOT NULL,
  person {key} NOT NULL,
  about {bytes} NOT NULL,
  cursor {bytes},
  created_at BIGINT NOT NULL,
  verified_at BIGINT,
  tried_at BIGINT,
  failures BIGINT NOT NULL,
  problem TEXT,
  stopped_at BIGINT,
  PRIMARY KEY (org, source)
);

CREATE INDEX source_person ON source (org, person, source);
