-- Children reported missing, ranked on how many more episodes to expect; demand, printed second.
{{ people_scored('missing_repeat') }}
