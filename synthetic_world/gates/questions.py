"""What is counted in the answer book for the gates: each question in SQL gives one number and how much it rests on.

$start and $end are the seconds between which the history lies. Views are the tables of the answer book; `harm_days` is
a list of days by tier. Not here: the ranges (gates), what needs a model to be fitted (gates, scorer).
"""

from typing import Final

TOP_SURNAME: Final = """
    select max(n) / sum(n), sum(n)
    from (select surname, count(*) as n from person where surname is not null group by all)"""

TWINS: Final = """
    select pairs / (children - pairs), children - pairs from
        (select count(twin_uid) // 2 as pairs from person),
        (select count(distinct other_uid) as children from edge where kind = 'child')"""

# Pairs of different households with one name, born within half a year: 365 times as many as share a birthday, and as
# many more in a world of 2.64 million as there are pairs of people in it. At most 600,000 people are looked at.
COLLISIONS: Final = """
    with sampled as (
        select household, forename, surname, birth_date from person
        where person_uid * 7919 % 1000 < (select least(1000, 600000000 // count(*)) from person)),
    size as (select count(*) as n from sampled),
    near as (
        select count(*) as pairs from sampled a join sampled b
        on a.forename = b.forename and a.surname = b.surname and a.household < b.household
           and abs(a.birth_date - b.birth_date) <= 182)
    select 2640000 / greatest(pairs / 365.0 * (2640000.0 / n) ** 2, 1), pairs from near, size"""

CROSS_FORCE: Final = """
    select avg((forces > 1)::int), count(*) from (
        select count(distinct force) as forces from suspect where home in $asked group by person_uid)"""

_REPORTED: Final = """
    select count(*) as n, sum(list_extract($harm_days, tier + 1)) as harm from event
    where dyad >= 0 and is_recorded and second >= $end - 3 * 365.25 * 86400 and second < $end
    group by event_id >> 32, dyad"""
WITHOUT_REPEAT: Final = f"select avg((n = 1)::int), count(*) from ({_REPORTED})"
FOUR_FIFTHS: Final = f"""
    select avg((before < 0.8 * total)::int), count(*) from (
        select sum(harm) over (order by harm desc, n rows between unbounded preceding and 1 preceding) as before,
               sum(harm) over () as total from ({_REPORTED}))"""

# Children within a year of the history, as the published studies have it.
_CHILDREN: Final = """
    select person_uid, seen, (seen - $start) // 31557600 as year, count(*) over together as n,
        row_number() over (together order by seen) as place, lead(seen) over (together order by seen) as again
    from missing where is_child and seen >= $start and seen < $end
    window together as (partition by person_uid, (seen - $start) // 31557600)"""
CHILD_REPEATS: Final = f"select avg((place > 1)::int), count(*) from ({_CHILDREN})"
TOP_TWENTIETH: Final = f"""
    select sum(n) filter (rank <= 0.05 * people) / sum(n), any_value(people) from (
        select n, row_number() over (order by n desc, person_uid, year) as rank, count(*) over () as people
        from ({_CHILDREN}) where place = 1)"""
REPEATS_SOON: Final = f"""
    select avg((again - seen <= 28 * 86400)::int), count(*) from ({_CHILDREN}) where place = 1 and again is not null"""

# People whose serious harm was recorded and stands, and whom no record before it names as a suspect of anything.
NO_PRIOR: Final = """
    with serious as (
        select l.person_uid, min(l.second) as second from label l
        semi join suspect s on s.person_uid = l.person_uid and s.crime_key = l.crime_key
        where l.recorded_at is not null and l.cancelled_at is null and l.second < $end
        group by all),
    named as (
        select distinct person_uid from serious join suspect using (person_uid)
        where known < second and occurred < second)
    select avg((person_uid not in (select person_uid from named))::int), count(*) from serious"""

_NAMED: Final = "('crime_party', 'custody', 'missing_episode', 'intel_party', 'managed_offender')"
_PAIRS: Final = "sum(n::hugeint * (n - 1) // 2)"
NAME_AND_BIRTHDAY: Final = f"""
    with named as (
        select person_uid, forename, surname, birth_day, birth_day > -1000000 and forename >= 0 as has_all
        from mention where feed in {_NAMED} and "column" = 'person_uid'),
    spelt as (
        select forename, surname, birth_day, person_uid, count(*) as n from named where has_all group by all),
    said as (select {_PAIRS} as pairs from (
        select sum(n) as n from spelt group by forename, surname, birth_day)),
    right_ones as (select {_PAIRS} as pairs from spelt),
    all_ones as (select {_PAIRS} as pairs from (select count(*) as n from named group by person_uid))
    select 2 * right_ones.pairs / (said.pairs + all_ones.pairs), all_ones.pairs from said, right_ones, all_ones"""

DUPLICATES: Final = "select avg((duplicate_of is not null)::int), count(*) from nominal"
WRONG_MERGERS: Final = "select avg((wrongly_merged_into is not null)::int), count(*) from nominal"
