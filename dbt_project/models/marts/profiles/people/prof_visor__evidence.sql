{{ evidence_of('visor') }}
