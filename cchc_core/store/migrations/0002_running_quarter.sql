-- The running quarter: answers carried forward, the outlook to the year's end, targets, remedies, scenarios.

-- The assessment that an answer was copied from, while nobody has confirmed or changed it; NULL once somebody has.
ALTER TABLE answers ADD COLUMN carried_from VARCHAR;

-- What a scorer expects of a criterion at the year's end; expected is the JSON form of ANSWERS.json, {} for nothing.
CREATE TABLE outlooks (
    assessment_id VARCHAR NOT NULL,
    code          VARCHAR NOT NULL,
    expected      VARCHAR NOT NULL,
    is_final      BOOLEAN NOT NULL,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    PRIMARY KEY (assessment_id, code)
);

-- One for a unit's year by a criteria set, and one for each section; section is '' for the whole. An empty value: none.
CREATE TABLE targets (
    unit_id     VARCHAR NOT NULL,
    rubric_id   VARCHAR NOT NULL,
    year        INTEGER NOT NULL,
    section     VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,
    value       VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL,
    PRIMARY KEY (unit_id, rubric_id, year, section)
);

-- What will be done about a criterion that loses points, by whom, by when: for the whole year. An empty action: none.
CREATE TABLE remedies (
    unit_id     VARCHAR NOT NULL,
    rubric_id   VARCHAR NOT NULL,
    year        INTEGER NOT NULL,
    code        VARCHAR NOT NULL,
    action_text VARCHAR NOT NULL,
    responsible VARCHAR NOT NULL,
    due         DATE,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL,
    PRIMARY KEY (unit_id, rubric_id, year, code)
);

-- A what-if that somebody keeps under a name; entries is a JSON object of raw answers by criterion.
CREATE TABLE scenarios (
    id            VARCHAR PRIMARY KEY,
    assessment_id VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    name_search   VARCHAR NOT NULL,
    entries       VARCHAR NOT NULL,
    version       INTEGER NOT NULL,
    created_by    VARCHAR NOT NULL,
    created_utc   TIMESTAMP NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);
