-- What other registers say of a listed person. Of managed offenders only the flag and the manager, whoever asks.
with told as (
    select
        profile,
        force_code,
        person_ref,
        unnest([
            struct_pack(n := 1, subject := 'Managed', words := case
                when manager is null then 'Not managed in any force here.'
                else 'Yes: ' || manager || '. Ask the manager; no detail is printed.'
            end),
            struct_pack(n := 2, subject := 'Missing', words := case
                when is_missing_linked then 'Has been reported missing; see the Missing pack.'
                else 'No missing episode of this person is held.'
            end),
            struct_pack(
                n := 3, subject := 'Bail now', words := case when is_on_bail then 'Yes.' else 'None recorded.' end
            ),
            struct_pack(n := 4, subject := 'Weapons', words := 'No firearms register is held here.')
        ]) as line
    from {{ ref('feat_people__context') }}
)

select
    profile,
    force_code,
    person_ref,
    cast(line.n as bigint) as overlap_no,
    line.subject,
    line.words as text
from told
where
    not (profile = 'missing' and line.subject in ('Managed', 'Missing', 'Bail now'))
    and not (profile = 'visor' and line.subject = 'Managed')
