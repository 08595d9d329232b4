-- Records of violence in the window are in a place of the force, without a place, or over a border: none is lost.
with placed as (
    select
        force_code,
        sum(n_records) as n_records
    from {{ ref('prof_strategic__places') }}
    group by force_code
)

select
    notes.force_code,
    notes.n_records,
    placed.n_records as n_placed,
    notes.n_without_place,
    notes.n_border_records
from {{ ref('prof_strategic__place_notes') }} as notes
inner join placed
    on notes.force_code = placed.force_code
where notes.n_records <> placed.n_records + notes.n_without_place + notes.n_border_records
