{{ verdicts_of('visor') }}
