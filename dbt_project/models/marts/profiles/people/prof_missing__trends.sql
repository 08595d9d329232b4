{{ trends_of('missing') }}
