{{ agreements_of('missing') }}
