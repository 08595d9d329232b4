{{ agreements_of('vawg') }}
