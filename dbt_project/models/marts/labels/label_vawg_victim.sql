-- Outcome of vawg_victim: a further serious crime against women and girls as victim within 90 days; only for
-- training.
{{ label_vawg('victim') }}
