-- Level 2 stands under the level 1 that one of the taxonomies of 2015 and 2021 gives it.
with

-- A level 1 that no taxonomy has is a form's own word, and so is what the public says under 效益 where the form is
-- printed so (results of 2019 to 2021).
indicators as (
    select * from staging.stg_indicators
),

legal (level2_group, level1_words) as (
    values
    ('数量', '产出|投入|履职|完成'),
    ('质量', '产出|投入|履职|完成'),
    ('时效', '产出|投入|履职|完成'),
    ('成本', '产出|投入|成本|履职|管理|完成'),
    ('经济效益', '效益|效果|效应'),
    ('社会效益', '效益|效果|效应'),
    ('生态效益', '效益|效果|效应'),
    ('可持续影响', '效益|效果|效应|可持续'),
    ('满意度', '满意')
),

-- A pattern from a column is compiled anew for every row: so for every different pair only.
pairs as (
    select distinct
        level1,
        level2_group
    from indicators
    where coalesce(level1, '') <> ''
),

illegal as (
    select
        pairs.level1,
        pairs.level2_group
    from pairs
    inner join legal
        on pairs.level2_group = legal.level2_group
    where
        not regexp_matches(pairs.level1, legal.level1_words)
        and regexp_matches(pairs.level1, '产出|投入|履职|完成|成本|管理|效益|效果|效应|可持续|满意|执行|决策|过程')
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '“' || indicators.level1 || '”下的“' || coalesce(indicators.level2, '（空）') || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join illegal
        on
            indicators.level1 = illegal.level1
            and indicators.level2_group = illegal.level2_group
    where not (illegal.level2_group = '满意度' and contains(coalesce(indicators.level2, ''), '社会公众'))
)

select * from offending
