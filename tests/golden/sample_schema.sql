-- The tables a pack reads, as the marts write them; filled with invented rows by sample_tables.py.
CREATE TABLE dim_forces(force_code VARCHAR, force_name VARCHAR, is_fictional BOOLEAN, population INT,
n_lsoas INT);
CREATE TABLE prof_strategic__trends(force_code VARCHAR, series_code VARCHAR, series_name VARCHAR, series_group
VARCHAR,
  unit VARCHAR, series_order INT, month DATE, value DOUBLE, month_status VARCHAR);
CREATE TABLE prof_strategic__verdicts(force_code VARCHAR, series_code VARCHAR, verdict VARCHAR, mean DOUBLE,
lower DOUBLE,
  upper DOUBLE, base_from DATE, base_to DATE, n_base_months INT, latest_month DATE, latest_value DOUBLE,
  months_in_state INT, longest_run_months INT);
CREATE TABLE prof_strategic__places(force_code VARCHAR, place_level VARCHAR, place_name VARCHAR, district_name
VARCHAR,
  n_lsoas INT, population_est DOUBLE, n_records INT, rate DOUBLE, rate_lower DOUBLE, rate_upper DOUBLE,
  position VARCHAR, longitude DOUBLE, latitude DOUBLE, monthly INTEGER[]);
CREATE TABLE prof_strategic__place_notes(force_code VARCHAR, place_level VARCHAR, rate_unit VARCHAR, force_rate
DOUBLE,
  interval_level DOUBLE, window_from DATE, window_to DATE, n_months_held INT, n_records INT, n_without_place
  INT,
  n_border_neighbourhoods INT, n_border_records INT, n_compared INT);
CREATE TABLE prof_strategic__outcomes(force_code VARCHAR, crime_type VARCHAR, outcome_group VARCHAR, n INT,
n_total INT,
  share DOUBLE, share_lower DOUBLE, share_upper DOUBLE, window_from DATE, window_to DATE);
CREATE TABLE prof_strategic__feeds(force_code VARCHAR, feed VARCHAR, feed_title VARCHAR, is_held BOOLEAN, is_used BOOLEAN,
  not_held_sentence VARCHAR, newest_month DATE, last_used_date DATE, age_days INT, freshness_days INT, is_stale BOOLEAN,
  n_deliveries INT,
  n_deliveries_refused INT, n_deliveries_unverified INT, rows_in INT, rows_accepted INT, rows_refused INT, rows_loaded INT,
  rows_exact_duplicate INT, rows_superseded INT, n_checks_failed INT, contract_version VARCHAR, state
  VARCHAR);
CREATE TABLE prof_strategic__deliveries(force_code VARCHAR, source_force VARCHAR, feed VARCHAR, period DATE, file_name VARCHAR,
  delivery_id VARCHAR, content_sha256 VARCHAR, contract_version VARCHAR, state VARCHAR, reason VARCHAR, rows_in INT, rows_accepted INT,
  rows_refused INT, rows_loaded INT, rows_exact_duplicate INT, rows_superseded INT, volume_ratio DOUBLE,
  is_volume_suspect BOOLEAN);
CREATE TABLE prof_strategic__refusals(force_code VARCHAR, feed VARCHAR, period DATE, file_name VARCHAR,
  reason_code VARCHAR, reason VARCHAR, n_rows INT, first_line INT);
