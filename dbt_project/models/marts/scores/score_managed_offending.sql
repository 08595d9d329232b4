-- People managed in the community, ranked on a new sexual or violent crime.
{{ people_scored('managed_offending') }}
