-- People harmed by violence against women and girls, in an order of checks for gaps in protection; never a list by
-- rank.
{{ people_scored('vawg_victim', is_ranked=false) }}
