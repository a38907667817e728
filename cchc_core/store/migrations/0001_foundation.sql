-- Units, criteria sets, periods, assessments, answers, scores, the change log, users and sessions.
-- Runs on DuckDB and PostgreSQL alike. References are checked in code; `verify` finds orphans.

CREATE TABLE settings (
    name  VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- A department has no parent; rooms and subordinate units hang below it.
-- name_search and name_sort are computed in code: engines differ in folding and sorting Vietnamese.
CREATE TABLE units (
    id          VARCHAR PRIMARY KEY,
    parent_id   VARCHAR,
    kind        VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    name_search VARCHAR NOT NULL,
    name_sort   VARCHAR NOT NULL,
    created_utc TIMESTAMP NOT NULL,
    ended_utc   TIMESTAMP
);

-- The canonical copy of every criteria set that an assessment pins.
CREATE TABLE rubrics (
    sha256         VARCHAR PRIMARY KEY,
    rubric_id      VARCHAR NOT NULL,
    title          VARCHAR NOT NULL,
    year           INTEGER NOT NULL,
    canonical_text VARCHAR NOT NULL,
    added_utc      TIMESTAMP NOT NULL
);

CREATE TABLE periods (
    id             VARCHAR PRIMARY KEY,
    rubric_id      VARCHAR NOT NULL,
    year           INTEGER NOT NULL,
    code           VARCHAR NOT NULL,
    title          VARCHAR NOT NULL,
    ordinal        INTEGER NOT NULL,
    is_provisional BOOLEAN NOT NULL,
    data_from      DATE,
    data_to        DATE,
    internal_due   DATE,
    outward_due    DATE
);

-- change_number grows with every change of the assessment or of anything in it.
CREATE TABLE assessments (
    id            VARCHAR PRIMARY KEY,
    unit_id       VARCHAR NOT NULL,
    period_id     VARCHAR NOT NULL,
    rubric_id     VARCHAR NOT NULL,
    rubric_sha256 VARCHAR NOT NULL,
    state         VARCHAR NOT NULL,
    is_locked     BOOLEAN NOT NULL,
    change_number BIGINT NOT NULL,
    created_by    VARCHAR NOT NULL,
    created_utc   TIMESTAMP NOT NULL
);

-- What was entered; entry is the JSON form of ANSWERS.json, {} when nothing is entered any more.
CREATE TABLE answers (
    assessment_id VARCHAR NOT NULL,
    code          VARCHAR NOT NULL,
    version       INTEGER NOT NULL,
    entry         VARCHAR NOT NULL,
    self_note     VARCHAR NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    PRIMARY KEY (assessment_id, code)
);

-- A cache beside the answer it came from: which version of the answer, scored by which version of the rules.
CREATE TABLE scores (
    assessment_id  VARCHAR NOT NULL,
    code           VARCHAR NOT NULL,
    answer_version INTEGER NOT NULL,
    rule_version   VARCHAR NOT NULL,
    points         DECIMAL(12, 4) NOT NULL,
    effective_max  DECIMAL(12, 4) NOT NULL,
    not_due_points DECIMAL(12, 4) NOT NULL,
    status         VARCHAR NOT NULL,
    is_external    BOOLEAN NOT NULL,
    explanation    VARCHAR NOT NULL,
    PRIMARY KEY (assessment_id, code)
);

-- Append-only; seq has no gaps, and hash covers the row and the hash before it.
CREATE TABLE change_log (
    seq           BIGINT PRIMARY KEY,
    at_utc        TIMESTAMP NOT NULL,
    actor_id      VARCHAR NOT NULL,
    actor_name    VARCHAR NOT NULL,
    action        VARCHAR NOT NULL,
    assessment_id VARCHAR,
    subject       VARCHAR NOT NULL,
    old_value     VARCHAR,
    new_value     VARCHAR,
    hash          VARCHAR NOT NULL
);

CREATE TABLE users (
    id          VARCHAR PRIMARY KEY,
    name        VARCHAR NOT NULL,
    name_search VARCHAR NOT NULL,
    name_sort   VARCHAR NOT NULL,
    role        VARCHAR NOT NULL,
    unit_id     VARCHAR,
    is_trial    BOOLEAN NOT NULL,
    created_utc TIMESTAMP NOT NULL,
    ended_utc   TIMESTAMP
);

-- Only a digest of the token is kept: whoever reads the database cannot sign in with it.
CREATE TABLE sessions (
    token_sha256  VARCHAR PRIMARY KEY,
    user_id       VARCHAR NOT NULL,
    created_utc   TIMESTAMP NOT NULL,
    last_seen_utc TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);
