{{ of_profile('feat_people__events', 'visor') }}
