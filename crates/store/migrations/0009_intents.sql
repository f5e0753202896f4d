-- The outbox: what is to be done to somebody's calendar. The job of the kind 'act' that does it has its name as unique name.
-- state: written, sending, or one of the ends. sent_at: when it was first let go; no write goes out before that is kept.
CREATE TABLE intent (
  org {key} NOT NULL REFERENCES organisation (org),
  intent {key} NOT NULL,
  person {key} NOT NULL,
  about {bytes} NOT NULL,
  undoes {key},
  by_hand BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  state {key} NOT NULL,
  sent_at BIGINT,
  undo {bytes},
  ended_at BIGINT,
  result {bytes},
  PRIMARY KEY (org, intent)
);

CREATE INDEX intent_person ON intent (org, person, created_at, intent);
CREATE INDEX intent_sent ON intent (org, person, sent_at) WHERE sent_at IS NOT NULL;

-- Kill switches: while there is a row, nothing is written for that person; for the empty name, for nobody.
CREATE TABLE halt (
  org {key} NOT NULL REFERENCES organisation (org),
  person {key} NOT NULL,
  since BIGINT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (org, person)
);
