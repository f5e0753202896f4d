-- Sealed outside; see seal.rs.
CREATE TABLE data_key (
  org {key} NOT NULL REFERENCES organisation (org),
  owner {key} NOT NULL,
  wrapped {bytes} NOT NULL,
  PRIMARY KEY (org, owner)
);

CREATE TABLE secret (
  org {key} NOT NULL,
  owner {key} NOT NULL,
  name {key} NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (org, owner, name),
  FOREIGN KEY (org, owner) REFERENCES data_key (org, owner) ON DELETE CASCADE
);
