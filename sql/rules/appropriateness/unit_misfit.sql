-- The unit of a target fits what the name counts: 人数 in 人, 次数 in 次, 率 in %, 金额 in 元.
with

indicators as (
    select * from staging.stg_indicators
),

measures (name_words, fitting_units, usual_unit) as (
    values
    ('人数$', '^(?:万|百|千)?(?:人|名|位)(?:次|/年|·年)?$', '人'),
    ('人次$', '^(?:万|百|千)?(?:人次|人|次)(?:/年)?$', '人次'),
    ('户数$', '^(?:万|百|千)?户(?:次|/年)?$', '户'),
    ('次数$', '^(?:次|场|场次|批次|期|人次|轮|轮次|趟|车次|户次|个|项)(?:/.+)?$', '次'),
    ('场次$', '^(?:场|场次|次|期)(?:/.+)?$', '场'),
    ('期数$', '^(?:期|次|班|场)(?:/.+)?$', '期'),
    ('批次$', '^(?:批|批次|次)(?:/.+)?$', '批次'),
    ('天数$', '^(?:天|日|工作日)(?:/.+)?$', '天'),
    ('年限$', '^(?:年|个月|月)$', '年'),
    ('面积$', '亩|公顷|平方|㎡', '平方米或亩'),
    ('(?:长度|里程)$', '^(?:万)?(?:米|公里|千米|里|延米)$', '米或公里'),
    ('(?:率|满意度|占比|比例|比重|覆盖面)$', '^[%‰]$', '%'),
    ('(?:完工|竣工|完成|开工|拨付|发放|验收|采购)(?:时间|时限|日期)$', '^(?:天|日|小时|分钟|月|个月|工作日|个工作日|年|周|日历天)', '日期或天数'),
    ('(?:金额|成本|造价|费用|价格|单价)$|^(?:每|单|(?:户|人|亩|村)均).*费$', '元', '元')
),

-- A pattern from a column is compiled anew for every row: so for every different name and unit only.
names as (
    select distinct
        indicator_raw,
        target_kind,
        unit
    from indicators
    where
        target_kind in ('quantity', 'percent', 'money')
        and coalesce(unit, '') <> ''
),

misfits as (
    select
        names.indicator_raw,
        names.target_kind,
        names.unit,
        measures.usual_unit
    from names
    inner join measures
        on regexp_matches(regexp_replace(names.indicator_raw, '[（(].*[)）]$', ''), measures.name_words)
    where
        not regexp_matches(names.unit, measures.fitting_units)
        -- A cost may be bounded by a share ("成本控制在预算的 95% 以内").
        and not (measures.usual_unit = '元' and names.target_kind = 'percent')
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '指标值“' || indicators.target_raw || '”的单位是“' || indicators.unit || '”，一般为' || misfits.usual_unit as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join misfits
        on
            indicators.indicator_raw = misfits.indicator_raw
            and indicators.target_kind = misfits.target_kind
            and indicators.unit = misfits.unit
)

select * from offending
