-- {key} and {bytes} are spelt by the engine: text in byte order, and bytes.
CREATE TABLE organisation (
  org {key} NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- The last number given out, by what it numbers. Whoever holds the row of 'fact' appends; the rest of the
-- organisation waits, so that no position is seen before a lower one.
CREATE TABLE counter (
  org {key} NOT NULL REFERENCES organisation (org),
  name {key} NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (org, name)
);
