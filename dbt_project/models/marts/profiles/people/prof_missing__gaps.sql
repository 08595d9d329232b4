{{ gaps_of('missing') }}
