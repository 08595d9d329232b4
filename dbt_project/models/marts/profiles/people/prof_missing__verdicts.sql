{{ verdicts_of('missing') }}
