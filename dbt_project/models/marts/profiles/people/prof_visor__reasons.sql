{{ of_profile('feat_people__reasons', 'visor') }}
