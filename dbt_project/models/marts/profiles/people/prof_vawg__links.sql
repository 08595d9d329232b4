{{ of_profile('feat_people__links', 'vawg') }}
