{{ deliveries_of('visor') }}
