{{ deliveries_of('missing') }}
