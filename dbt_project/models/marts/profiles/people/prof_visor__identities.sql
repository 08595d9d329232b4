{{ of_profile('feat_people__identities', 'visor') }}
