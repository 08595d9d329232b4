{{ deliveries_of('vawg') }}
