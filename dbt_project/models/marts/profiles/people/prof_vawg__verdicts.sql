{{ verdicts_of('vawg') }}
