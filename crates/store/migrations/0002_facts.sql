CREATE TABLE stream (
  org {key} NOT NULL,
  stream {key} NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (org, stream)
);

CREATE TABLE fact (
  org {key} NOT NULL,
  position BIGINT NOT NULL,
  stream {key} NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  payload {bytes} NOT NULL,
  PRIMARY KEY (org, position)
);

CREATE UNIQUE INDEX fact_in_stream ON fact (org, stream, version);
