-- Criteria sets that people bring in, issue and compare, what old answers leave behind, and what kind of body a unit is.

-- A version that was issued: its canonical copy lies in rubrics under the same sha256 and is never edited.
-- file_sha256 is the file it was brought in from, '' for none; draft_id the draft it was issued from. A set that comes
-- with the product has a row only while, or after, it was put away: number 0, origin 'shipped'.
CREATE TABLE rubric_versions (
    id          VARCHAR PRIMARY KEY,
    rubric_id   VARCHAR NOT NULL,
    number      INTEGER NOT NULL,
    sha256      VARCHAR NOT NULL,
    draft_id    VARCHAR,
    origin      VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    note        VARCHAR NOT NULL,
    issued_by   VARCHAR NOT NULL,
    issued_utc  TIMESTAMP NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL,
    ended_utc   TIMESTAMP
);

-- A criteria set that is worked on. head is the JSON object of the file's own keys (title, issuer, year, document …);
-- based_on is the sha256 of the version it was copied from; state is open, issued or dropped.
CREATE TABLE rubric_drafts (
    id            VARCHAR PRIMARY KEY,
    rubric_id     VARCHAR NOT NULL,
    head          VARCHAR NOT NULL,
    based_on      VARCHAR,
    origin        VARCHAR NOT NULL,
    file_sha256   VARCHAR NOT NULL,
    state         VARCHAR NOT NULL,
    issued_sha256 VARCHAR,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);

-- A part, section or criterion of a draft; siblings stand by ordinal. fields is a JSON object with the keys of a
-- criteria-set file, rule a JSON rule or ''; rule_state is '' for a group, else proposed, confirmed or manual.
-- proposal is a JSON object: what was proposed, how surely, why, and the lines as printed. place is where it stands
-- in the source.
CREATE TABLE rubric_draft_nodes (
    id          VARCHAR PRIMARY KEY,
    draft_id    VARCHAR NOT NULL,
    parent_id   VARCHAR,
    ordinal     INTEGER NOT NULL,
    kind        VARCHAR NOT NULL,
    code        VARCHAR NOT NULL,
    title       VARCHAR NOT NULL,
    fields      VARCHAR NOT NULL,
    rule        VARCHAR NOT NULL,
    rule_state  VARCHAR NOT NULL,
    proposal    VARCHAR NOT NULL,
    place       VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL,
    ended_utc   TIMESTAMP
);

-- Which criterion of an old version a criterion of a new one continues, as a person said; state is confirmed or
-- refused, an empty code means that there is none.
CREATE TABLE rubric_matches (
    id          VARCHAR PRIMARY KEY,
    old_sha256  VARCHAR NOT NULL,
    new_sha256  VARCHAR NOT NULL,
    old_code    VARCHAR NOT NULL,
    new_code    VARCHAR NOT NULL,
    state       VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL,
    ended_utc   TIMESTAMP
);

-- The answer to a criterion that reads differently now, kept in words beside the new one until somebody puts it away.
CREATE TABLE carried_notes (
    id                   VARCHAR PRIMARY KEY,
    assessment_id        VARCHAR NOT NULL,
    code                 VARCHAR NOT NULL,
    source_assessment_id VARCHAR NOT NULL,
    source_code          VARCHAR NOT NULL,
    note_text            VARCHAR NOT NULL,
    version              INTEGER NOT NULL,
    changed_by           VARCHAR NOT NULL,
    changed_utc          TIMESTAMP NOT NULL,
    ended_utc            TIMESTAMP
);

-- What kind of body a unit is to criteria sets that make a difference.
CREATE TABLE unit_bodies (
    unit_id     VARCHAR PRIMARY KEY,
    body_kind   VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL
);
