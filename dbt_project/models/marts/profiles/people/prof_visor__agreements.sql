{{ agreements_of('visor') }}
