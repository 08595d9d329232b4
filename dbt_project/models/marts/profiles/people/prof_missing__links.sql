{{ of_profile('feat_people__links', 'missing') }}
