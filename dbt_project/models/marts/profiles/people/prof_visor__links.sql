{{ of_profile('feat_people__links', 'visor') }}
