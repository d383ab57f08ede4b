-- One row per indicator: which way it is good, and who says so. The county's decision speaks first, then the
-- form's own column, the list of names (of the canonical name: all its spellings have one polarity), and last
-- the sign. Where the form contradicts what a name cannot mean otherwise (deaths as a 正向指标), nobody is believed,
-- unless the target itself is the third witness (deaths =0, ≤2); nor are signs that differ for one name. What
-- most other filings wrote says nothing of what is good.
with

indicators as (
    select
        filing_id,
        project_no,
        indicator_no,
        indicator_raw,
        target_kind,
        comparator,
        direction_raw,
        -- A money total or a text has no direction that its sign could tell.
        case
            when target_kind in ('percent', 'quantity', 'number', 'money')
                then case
                    when comparator in ('>=', '>') then 'higher'
                    when comparator in ('<=', '<') then 'lower'
                end
        end as own_sign,
        case
            when comparator in ('<=', '<') or coalesce(value_low, value_high) = 0 then 'lower'
            when comparator in ('>=', '>') then 'higher'
        end as target_side,
        coalesce(indicator, indicator_raw) as name,
        hash(indicator_raw, indicator, target_kind) as name_hash
    from staging.stg_indicators
),

polarities as (
    select
        *,
        hash(indicator_raw, indicator, target_kind) as name_hash
    from staging.stg_polarities
),

signs as (
    select
        name,
        target_kind,
        min(own_sign) as least,
        max(own_sign) as most
    from indicators
    group by name, target_kind
),

joined as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        case
            when regexp_matches(indicators.direction_raw, '反向|逆向|负向|越小|越低|越少') then 'lower'
            when regexp_matches(indicators.direction_raw, '正向|越大|越高|越多') then 'higher'
        end as form_polarity,
        polarities.polarity as named_polarity,
        polarities.polarity_source as named_source,
        coalesce(polarities.is_certain, false) as is_certain,
        indicators.target_side,
        case when signs.least = signs.most then signs.least end as sign_polarity
    from indicators
    left join signs
        on
            indicators.name = signs.name
            and indicators.target_kind = signs.target_kind
    left join polarities
        on indicators.name_hash = polarities.name_hash
),

decided as (
    select
        filing_id,
        project_no,
        indicator_no,
        form_polarity,
        named_polarity,
        is_certain,
        target_side,
        case
            when named_source = 'county' then named_polarity
            when
                form_polarity in ('higher', 'lower')
                and named_polarity in ('higher', 'lower')
                and form_polarity <> named_polarity
                and is_certain
                then case when target_side = named_polarity then named_polarity else 'unknown' end
            when form_polarity is not null then form_polarity
            when named_polarity <> 'unknown' then named_polarity
            when named_polarity is null then coalesce(sign_polarity, 'unknown')
            else 'unknown'
        end as polarity,
        case
            when named_source = 'county' then 'county'
            when form_polarity <> named_polarity and is_certain and target_side = named_polarity then named_source
            when form_polarity is not null then 'form'
            when named_polarity is not null then named_source
            when sign_polarity is not null then 'comparator'
        end as polarity_source
    from joined
)

select * from decided
