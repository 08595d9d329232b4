{{ gaps_of('visor') }}
