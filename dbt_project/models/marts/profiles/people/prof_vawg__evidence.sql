{{ evidence_of('vawg') }}
