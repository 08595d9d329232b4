-- People managed in the community, ranked on a breach; never added to managed_offending.
{{ people_scored('managed_breach') }}
