{{ of_profile('feat_people__joins', 'visor') }}
