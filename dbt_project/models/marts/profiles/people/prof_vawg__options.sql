{{ of_profile('feat_people__options', 'vawg') }}
