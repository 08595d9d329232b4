{{ evidence_of('missing') }}
