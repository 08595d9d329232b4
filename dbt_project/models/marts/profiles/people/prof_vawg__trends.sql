{{ trends_of('vawg') }}
