-- Outcome of vawg_suspect: a further serious crime against women and girls as suspect within 90 days; only for
-- training.
{{ label_vawg('suspect') }}
