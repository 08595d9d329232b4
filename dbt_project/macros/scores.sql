{# People's scores of one head as a table: a row a force and person, with reasons and the records behind them nested.
   Not ranked: for victims, whom a score puts in an order of checks and never on a list by rank. #}
{% macro people_scored(head, is_ranked=true) %}
with evidence as (
    select
        force_code,
        person_id,
        reason_place,
        list(
            struct_pack(
                feature := feature, record_force := record_force, feed := feed, record_id := record_id,
                occurred_on := occurred_on, kind := kind
            ) order by place
        ) as records
    from {{ source('scored', 'people_evidence') }}
    where head = '{{ head }}'
    group by force_code, person_id, reason_place
),

reasons as (
    select
        reasons.force_code,
        reasons.person_id,
        list(
            struct_pack(
                reason_group := reasons.reason_group, sign := reasons.sign, size := reasons.size,
                sentence := reasons.sentence, badges := reasons.badges, records := coalesce(evidence.records, [])
            ) order by reasons.place
        ) as reasons
    from {{ source('scored', 'people_reasons') }} as reasons
    left join evidence
        on
            reasons.force_code = evidence.force_code
            and reasons.person_id = evidence.person_id
            and reasons.place = evidence.reason_place
    where reasons.head = '{{ head }}'
    group by reasons.force_code, reasons.person_id
)

select
    scores.* {% if is_ranked %}exclude (head){% else -%}
    exclude (
        head, score, rank, rank_best, rank_worst, rank_group, is_listed, rank_week_ago, rule_rank, model_rank, v100_rank,
        chance, chance_lower, chance_upper, base_rate, chance_sentence, leaves_on, ahead_sentence, moved_sentence,
        recency_points, frequency_points, gravity_points, victims_points
    ),
    scores.rank as check_order{% endif %},
    coalesce(reasons.reasons, []) as reasons
from {{ source('scored', 'people_scores') }} as scores
left join reasons on scores.force_code = reasons.force_code and scores.person_id = reasons.person_id
where scores.head = '{{ head }}'
order by scores.force_code, scores.rank
{% endmacro %}
