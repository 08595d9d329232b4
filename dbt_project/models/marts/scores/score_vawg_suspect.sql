-- People suspected of violence against women and girls, ranked, for each force with a record of theirs; suspects only.
{{ people_scored('vawg_suspect') }}
