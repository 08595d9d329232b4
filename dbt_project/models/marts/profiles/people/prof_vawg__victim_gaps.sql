-- People with a gap in protection today, by reference. Most gaps first, then the newest assessment: that is urgency.
select
    force_code,
    victim_ref,
    age,
    cast(null as varchar) as area_name,
    concat(
        'Assessed at high risk on ', strftime(assessed_on, '%-d %b %Y'), '; ', n_crimes,
        case when n_crimes = 1 then ' crime' else ' crimes' end, ' reported in twelve months.'
    ) as known_text,
    cast(null as varchar) as safe_contact,
    list_filter([
        case when is_at_marac then 'MARAC' end, case when has_order then 'Order or bail' end
    ], lambda step: step is not null) as in_place,
    list_filter([
        case when not has_order then 'No order or bail in force' end, case when not is_at_marac then 'Not at MARAC' end
    ], lambda step: step is not null) as gaps,
    cast(null as date) as act_by,
    row_number() over (
        partition by force_code
        order by cast(is_at_marac as integer) + cast(has_order as integer), assessed_on desc, victim_ref asc
    ) as gap_order,
    cast(0 as bigint) as n_children,
    is_also_suspect
from {{ ref('feat_vawg__protected') }}
where is_other_at_liberty and not (is_at_marac and has_order)
