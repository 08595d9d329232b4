-- Adults reported missing, ranked on harm, for each force with a report of theirs.
{{ people_scored('missing_adult') }}
