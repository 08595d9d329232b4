{{ gaps_of('vawg') }}
