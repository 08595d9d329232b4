{{ of_profile('feat_people__feeds', 'vawg') }}
