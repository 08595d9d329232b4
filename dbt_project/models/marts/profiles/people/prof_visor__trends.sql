{{ trends_of('visor') }}
