CREATE TABLE projection (
  org {key} NOT NULL,
  projection {key} NOT NULL,
  checkpoint BIGINT NOT NULL,
  PRIMARY KEY (org, projection)
);

CREATE TABLE document (
  org {key} NOT NULL,
  view {key} NOT NULL,
  key {key} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (org, view, key)
);
