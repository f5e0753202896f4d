CREATE TABLE account (
  org {key} NOT NULL REFERENCES organisation (org),
  account {key} NOT NULL,
  person {key} NOT NULL,
  email {key} NOT NULL,
  password {bytes},
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  PRIMARY KEY (org, account)
);

CREATE UNIQUE INDEX account_email ON account (org, email);

CREATE TABLE session (
  org {key} NOT NULL,
  token {bytes} NOT NULL,
  account {key} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, token),
  FOREIGN KEY (org, account) REFERENCES account (org, account) ON DELETE CASCADE
);

CREATE INDEX session_account ON session (org, account);

CREATE TABLE link (
  org {key} NOT NULL REFERENCES organisation (org),
  token {bytes} NOT NULL,
  purpose {key} NOT NULL,
  payload {bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (org, token)
);

CREATE TABLE passkey (
  org {key} NOT NULL,
  credential {bytes} NOT NULL,
  account {key} NOT NULL,
  body {bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, credential),
  FOREIGN KEY (org, account) REFERENCES account (org, account) ON DELETE CASCADE
);

CREATE INDEX passkey_account ON passkey (org, account);

CREATE TABLE access (
  org {key} NOT NULL,
  id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor {key} NOT NULL,
  subject {key} NOT NULL,
  what TEXT NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE INDEX access_subject ON access (org, subject, id);
