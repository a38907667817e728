-- Plans with their tasks, documents with their files, what they prove, and counted figures.

-- A year's plan of a department. origin names the shipped plan or the file that it came from, '' for one made here.
CREATE TABLE plans (
    id            VARCHAR PRIMARY KEY,
    department_id VARCHAR NOT NULL,
    year          INTEGER NOT NULL,
    title         VARCHAR NOT NULL,
    issuer        VARCHAR NOT NULL,
    document_text VARCHAR NOT NULL,
    origin        VARCHAR NOT NULL,
    copied_from   VARCHAR,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);

-- A line of a plan, or work assigned during the year (plan_id NULL: nhiệm vụ được giao, việc khắc phục).
-- uncertain is a JSON list of column names; room_id is the unit of the department that lead_text names, NULL where
-- none was recognised; remedy_* name the lost criterion that the task mends.
CREATE TABLE tasks (
    id               VARCHAR PRIMARY KEY,
    department_id    VARCHAR NOT NULL,
    year             INTEGER NOT NULL,
    plan_id          VARCHAR,
    kind             VARCHAR NOT NULL,
    ordinal          INTEGER NOT NULL,
    code             VARCHAR NOT NULL,
    group_code       VARCHAR NOT NULL,
    group_title      VARCHAR NOT NULL,
    title            VARCHAR NOT NULL,
    lead_text        VARCHAR NOT NULL,
    room_id          VARCHAR,
    person           VARCHAR NOT NULL,
    coordinating     VARCHAR NOT NULL,
    time_text        VARCHAR NOT NULL,
    funding          VARCHAR NOT NULL,
    how              VARCHAR NOT NULL,
    note             VARCHAR NOT NULL,
    print_note       VARCHAR NOT NULL,
    uncertain        VARCHAR NOT NULL,
    source           VARCHAR NOT NULL,
    assigning_body   VARCHAR NOT NULL,
    assigning_number VARCHAR NOT NULL,
    assigning_date   DATE,
    remedy_unit_id   VARCHAR,
    remedy_rubric_id VARCHAR,
    remedy_code      VARCHAR,
    search_text      VARCHAR NOT NULL,
    version          INTEGER NOT NULL,
    changed_by       VARCHAR NOT NULL,
    changed_utc      TIMESTAMP NOT NULL,
    ended_utc        TIMESTAMP
);

-- What is to be delivered once: a product, or one time of a recurring task. reading says how the printed time was
-- read; is_corrected tells that a person typed the day. state is what people typed; late or early is derived.
CREATE TABLE occurrences (
    id              VARCHAR PRIMARY KEY,
    task_id         VARCHAR NOT NULL,
    ordinal         INTEGER NOT NULL,
    product         VARCHAR NOT NULL,
    time_text       VARCHAR NOT NULL,
    time_kind       VARCHAR NOT NULL,
    reading         VARCHAR NOT NULL,
    due             DATE,
    is_corrected    BOOLEAN NOT NULL,
    state           VARCHAR NOT NULL,
    done_on         DATE,
    reason          VARCHAR NOT NULL,
    result_number   VARCHAR NOT NULL,
    result_date     DATE,
    result_abstract VARCHAR NOT NULL,
    version         INTEGER NOT NULL,
    changed_by      VARCHAR NOT NULL,
    changed_utc     TIMESTAMP NOT NULL,
    ended_utc       TIMESTAMP
);

CREATE TABLE task_notes (
    id          VARCHAR PRIMARY KEY,
    task_id     VARCHAR NOT NULL,
    note_text   VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL
);

-- Which criteria a task serves; state is confirmed or refused by a person, strength is 0 to 100 as it was suggested,
-- NULL for a link that a person made without a suggestion.
CREATE TABLE task_links (
    id          VARCHAR PRIMARY KEY,
    task_id     VARCHAR NOT NULL,
    rubric_id   VARCHAR NOT NULL,
    code        VARCHAR NOT NULL,
    state       VARCHAR NOT NULL,
    strength    INTEGER,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL
);

-- A document with what its head says; doc_date is the date it bears, never the day of the upload. link is the
-- address where there is no file. year is the year of the department's work that it belongs to.
CREATE TABLE documents (
    id            VARCHAR PRIMARY KEY,
    department_id VARCHAR NOT NULL,
    unit_id       VARCHAR NOT NULL,
    year          INTEGER NOT NULL,
    kind          VARCHAR NOT NULL,
    number        VARCHAR NOT NULL,
    doc_date      DATE,
    issuer        VARCHAR NOT NULL,
    abstract      VARCHAR NOT NULL,
    link          VARCHAR NOT NULL,
    is_confirmed  BOOLEAN NOT NULL,
    search_text   VARCHAR NOT NULL,
    created_by    VARCHAR NOT NULL,
    created_utc   TIMESTAMP NOT NULL,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);

-- The versions of a document's file; file_version counts from 1, the newest counts.
CREATE TABLE document_files (
    id           VARCHAR PRIMARY KEY,
    document_id  VARCHAR NOT NULL,
    file_version INTEGER NOT NULL,
    sha256       VARCHAR NOT NULL,
    file_name    VARCHAR NOT NULL,
    extension    VARCHAR NOT NULL,
    version      INTEGER NOT NULL,
    changed_by   VARCHAR NOT NULL,
    changed_utc  TIMESTAMP NOT NULL
);

-- What lies in the folder of files, once for each content; a purged one keeps its hash and the reason.
CREATE TABLE stored_files (
    sha256       VARCHAR PRIMARY KEY,
    size_bytes   BIGINT NOT NULL,
    purge_reason VARCHAR NOT NULL,
    purged_utc   TIMESTAMP,
    version      INTEGER NOT NULL,
    changed_by   VARCHAR NOT NULL,
    changed_utc  TIMESTAMP NOT NULL
);

-- Which document proves which criterion of a unit's year, by which part of it (mục, trang), from which period on;
-- evidence_line counts the lines that the criterion asks for from 0, NULL for none of them. ended_from is the first
-- period in which it was taken off: those before it show it still; NULL where none took it off.
CREATE TABLE attachments (
    id             VARCHAR PRIMARY KEY,
    document_id    VARCHAR NOT NULL,
    unit_id        VARCHAR NOT NULL,
    rubric_id      VARCHAR NOT NULL,
    year           INTEGER NOT NULL,
    code           VARCHAR NOT NULL,
    period_ordinal INTEGER NOT NULL,
    evidence_line  INTEGER,
    part_text      VARCHAR NOT NULL,
    ended_from     INTEGER,
    version        INTEGER NOT NULL,
    changed_by     VARCHAR NOT NULL,
    changed_utc    TIMESTAMP NOT NULL,
    ended_utc      TIMESTAMP
);

-- Which document is the result of which task; occurrence_id is NULL for the task as a whole.
CREATE TABLE task_documents (
    id            VARCHAR PRIMARY KEY,
    document_id   VARCHAR NOT NULL,
    task_id       VARCHAR NOT NULL,
    occurrence_id VARCHAR,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);

-- The figures of an indicator in one year as they were typed: a JSON list of texts, one a figure.
CREATE TABLE indicator_values (
    id            VARCHAR PRIMARY KEY,
    department_id VARCHAR NOT NULL,
    set_id        VARCHAR NOT NULL,
    year          INTEGER NOT NULL,
    code          VARCHAR NOT NULL,
    figures       VARCHAR NOT NULL,
    note          VARCHAR NOT NULL,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL
);

-- A figure that a plan promises, and where its actual value comes from: source is '', typed, indicator or tasks;
-- source_key names the indicator or the figure of the tasks; actual is the typed value.
CREATE TABLE plan_targets (
    id            VARCHAR PRIMARY KEY,
    department_id VARCHAR NOT NULL,
    year          INTEGER NOT NULL,
    plan_id       VARCHAR NOT NULL,
    ordinal       INTEGER NOT NULL,
    target_text   VARCHAR NOT NULL,
    operator      VARCHAR NOT NULL,
    value         VARCHAR NOT NULL,
    unit_text     VARCHAR NOT NULL,
    deadline_text VARCHAR NOT NULL,
    deadline      DATE,
    task_code     VARCHAR NOT NULL,
    where_text    VARCHAR NOT NULL,
    is_repeat     BOOLEAN NOT NULL,
    print_note    VARCHAR NOT NULL,
    source        VARCHAR NOT NULL,
    source_key    VARCHAR NOT NULL,
    actual        VARCHAR NOT NULL,
    note          VARCHAR NOT NULL,
    version       INTEGER NOT NULL,
    changed_by    VARCHAR NOT NULL,
    changed_utc   TIMESTAMP NOT NULL,
    ended_utc     TIMESTAMP
);

-- Where a criterion takes its inputs from, for a unit's year: source is '' (none), indicator, plan or assigned; inputs
-- is a JSON object from the names of the answer's fields to what fills them.
CREATE TABLE answer_sources (
    id          VARCHAR PRIMARY KEY,
    unit_id     VARCHAR NOT NULL,
    rubric_id   VARCHAR NOT NULL,
    year        INTEGER NOT NULL,
    code        VARCHAR NOT NULL,
    source      VARCHAR NOT NULL,
    inputs      VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    changed_by  VARCHAR NOT NULL,
    changed_utc TIMESTAMP NOT NULL
);
