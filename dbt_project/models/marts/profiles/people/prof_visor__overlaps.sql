{{ of_profile('feat_people__overlaps', 'visor') }}
